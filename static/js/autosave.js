// Saves the draft while one writes. The form keeps working without this: its own button saves the same fields.
// Contract: POST of the form's fields to data-autosave; the answer is JSON {saved_at, message, version?}.
// 409 means that somebody else has saved since; 401, 403 or a redirect means that the session has ended.

const PAUSE = 1500;
const LONGEST_PAUSE = 60000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse larger bodies once the page is gone

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.querySelector("[data-saved]");
    this.dirty = false;
    this.running = null;
    this.pause = PAUSE;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submitting(event));
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && (this.failed || this.running) && !this.leaving) event.preventDefault();
    });
    window.addEventListener("pageshow", () => (this.leaving = false));
  }

  changed() {
    this.dirty = true;
    if (!this.failed) this.pause = PAUSE;
    this.schedule();
  }

  schedule() {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), this.pause);
  }

  say(text, failed = false) {
    if (!this.status) return;
    this.status.textContent = text;
    this.status.dataset.state = failed ? "failed" : "";
  }

  fields() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    return new URLSearchParams(fields);
  }

  async save(keepalive = false) {
    if (this.running || !this.dirty) return;
    clearTimeout(this.timer);
    this.dirty = false;
    if (!this.failed) this.say(this.form.dataset.autosaveSaving);
    this.running = this.send(keepalive);
    const outcome = await this.running;
    this.running = null;
    if (outcome) this.fail(outcome);
    else if (this.dirty) this.schedule();
  }

  // Answers with the name of what went wrong, or nothing.
  async send(keepalive) {
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: this.fields(),
        headers: { "X-Requested-With": "autosave", Accept: "application/json" },
        credentials: "same-origin",
        keepalive,
      });
      if (answer.status === 409) return "Conflict";
      if (answer.redirected || [401, 403].includes(answer.status)) return "SignedOut";
      if (!answer.ok) return "Failed";
      this.succeed(await answer.json());
      return "";
    } catch {
      return "Failed";
    }
  }

  succeed(saved) {
    const version = this.form.elements.namedItem("version");
    if (version && saved.version !== undefined) version.value = saved.version;
    this.failed = false;
    this.pause = PAUSE;
    this.say(saved.message);
  }

  fail(outcome) {
    this.dirty = true;
    this.failed = true;
    this.say(this.form.dataset[`autosave${outcome}`], true);
    if (outcome === "Conflict") this.stopped = true;
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.schedule();
  }

  // A draft still on its way would make the submitted form look stale: let it land first.
  async submitting(event) {
    clearTimeout(this.timer);
    this.leaving = true;
    if (!this.running) {
      this.dirty = false;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    await this.running;
    this.dirty = false;
    this.form.requestSubmit(submitter);
  }

  flush() {
    if (this.leaving || this.stopped) return;
    this.save(this.fields().toString().length < KEEPALIVE_LIMIT);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
