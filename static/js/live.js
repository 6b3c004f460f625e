// Shows the result while the input changes: the form's fields go to data-live, the answer's HTML into [data-live-target].
// Without this the result is what the page showed when it was last saved.

const PAUSE = 500;

for (const form of document.querySelectorAll("form[data-live]")) {
  const target = document.querySelector("[data-live-target]");
  let timer;
  let request;

  const refresh = async () => {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(form.dataset.live, {
        method: "POST",
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => !(value instanceof File))),
        headers: { "X-Requested-With": "live", Accept: "text/html" },
        credentials: "same-origin",
        signal: request.signal,
      });
      if (!answer.ok || answer.redirected) return;
      // Parsed as a document of its own, so that nothing in it can run.
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      target.replaceChildren(...page.body.childNodes);
    } catch {
      // A lost request leaves the last result standing; the next change asks again.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
}
