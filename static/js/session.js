// Warns before the session ends, in every tab, and lets a page go on when its person has signed in anew in another.
// Contract: GET of data-session answers {person, csrf_token, warned_in, ends_in, can_be_extended, warning}; person is
// null when nobody is signed in. POST prolongs the session and answers the same. Without this the session still ends.

const SOONEST = 5; // seconds between two questions
const LONGEST = 2 ** 31 - 1; // milliseconds that a timer can wait

class SessionNotice {
  constructor(section) {
    this.section = section;
    this.text = section.querySelector("[data-session-text]");
    this.stay = section.querySelector("[data-session-stay]");
    this.signIn = section.querySelector("[data-session-sign-in]");
    this.tabs = new BroadcastChannel("hemtag-session");
    this.tabs.addEventListener("message", () => this.section.hidden || this.ask());
    this.stay.addEventListener("click", () => this.extend());
    document.addEventListener("visibilitychange", () => document.hidden || this.ask()); // timers sleep with the machine
    this.askIn(Number(section.dataset.warnedIn));
    this.tabs.postMessage("opened"); // another tab may wait for somebody to sign in
  }

  askIn(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), Math.min(Math.max(seconds, SOONEST) * 1000, LONGEST));
  }

  async ask(options = {}) {
    try {
      const answer = await fetch(this.section.dataset.session, { credentials: "same-origin", ...options });
      if (!answer.ok) throw new Error(answer.status);
      this.told(answer.redirected ? { person: null } : await answer.json());
    } catch {
      this.askIn(60); // no connection: what is known stands
    }
  }

  async extend() {
    const headers = { "X-CSRFToken": this.token };
    await this.ask({ method: "POST", headers });
    this.tabs.postMessage("extended");
  }

  told(session) {
    if (session.person === null) return this.ended();
    if (String(session.person) !== this.section.dataset.person) return this.say(this.section.dataset.other);
    this.token = session.csrf_token;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = this.token;
    if (session.warned_in > 0) {
      this.signedInAgain();
      this.askIn(session.warned_in);
    } else {
      this.say(session.warning, session.can_be_extended ? this.stay : this.signIn);
      this.askIn(session.ends_in);
    }
  }

  ended() {
    this.hasEnded = true;
    this.say(this.section.dataset.ended, this.signIn);
  }

  signedInAgain() {
    if (this.hasEnded) this.say(this.section.dataset.back);
    else this.hide();
    this.hasEnded = false;
  }

  hide() {
    // Whoever pressed the button goes on where the page begins, not nowhere.
    if (this.section.contains(document.activeElement)) document.querySelector("main").focus({ preventScroll: true });
    this.section.hidden = true;
    this.text.textContent = "";
  }

  say(text, way) {
    this.section.hidden = false;
    for (const one of [this.stay, this.signIn]) one.hidden = one !== way;
    if (this.text.textContent !== text) this.text.textContent = text; // read aloud once
  }
}

const section = document.querySelector("[data-session]");
if (section) new SessionNotice(section);
