// Shows how far a piece of work has come, until it has ended; then the page is shown anew.

const BETWEEN = 2000;
const place = document.querySelector("[data-job]");

async function look() {
  try {
    const answer = await fetch(place.dataset.job, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 404) return;
    const state = await answer.json();
    if (state.ended) {
      window.location.reload();
      return;
    }
    show(state);
  } catch {
    // No answer: the next look may get one.
  }
  setTimeout(look, BETWEEN);
}

function show({ done, total, told }) {
  const bar = place.querySelector("progress");
  if (total) {
    bar.max = total;
    bar.value = done;
  }
  const text = place.querySelector("p");
  if (text.textContent !== told) text.textContent = told;
}

if (place) setTimeout(look, BETWEEN);
