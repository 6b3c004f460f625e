// On every page: what is wrong is read first. Moves focus to the error summary when there is one.

document.querySelector("[data-error-summary]")?.focus();
