// Keeps what is typed in a form, while it is typed: posted to its key's data-autosave, answered by {message, signed_out?}.
// "Saved" is said only when the server has said so. Anything else is said too, and tried again.

const PAUSE = 1500;
const LONGEST_PAUSE = 60000;
const PATIENCE = 20000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse larger bodies once the page is gone

class Autosave {
  constructor(key) {
    this.key = key;
    this.form = key.form;
    this.status = this.form.querySelector("[data-saved]");
    this.dirty = false;
    this.running = null;
    this.pause = PAUSE;
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", (event) => this.submitting(event));
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    window.addEventListener("online", () => this.dirty && this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && (this.running || (this.dirty && this.failed))) event.preventDefault();
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
    this.status.textContent = text;
    this.status.dataset.state = failed ? "failed" : "";
  }

  // No files, and no passwords, which are kept nowhere.
  fields() {
    const fields = new FormData(this.form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    for (const secret of this.form.querySelectorAll("input[type=password]")) fields.delete(secret.name);
    return new URLSearchParams(fields);
  }

  async save(keepalive = false) {
    if (this.running || !this.dirty) return;
    clearTimeout(this.timer);
    this.dirty = false;
    if (!this.failed) this.say(this.key.dataset.saving);
    this.running = this.send(keepalive);
    const outcome = await this.running;
    this.running = null;
    if (outcome) this.fail(outcome);
    else if (this.dirty) this.schedule();
  }

  // Answers with the name of what went wrong, or nothing.
  async send(keepalive) {
    try {
      const answer = await fetch(this.key.dataset.autosave, {
        method: "POST",
        body: this.fields(),
        headers: { "X-Requested-With": "autosave", Accept: "application/json" },
        credentials: "same-origin",
        keepalive,
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 400) return "tooOld";
      if (!answer.ok) return "failed";
      const saved = await answer.json();
      this.failed = false;
      this.pause = PAUSE;
      this.say(saved.message, saved.signed_out);
      return "";
    } catch (error) {
      return error.name === "TimeoutError" ? "slow" : "failed";
    }
  }

  fail(outcome) {
    this.dirty = true;
    this.failed = true;
    this.say(this.key.dataset[outcome], true);
    if (outcome === "tooOld") this.stopped = true;
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.schedule();
  }

  // A draft still on its way would arrive after the form had its effect, and stay: let it land first.
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

for (const key of document.querySelectorAll("input[name=form_key][data-autosave]")) new Autosave(key);
