/* What is wrong with the open page for those who zoom, space their text, choose their colours or use no mouse. */
(() => {
  const told = (fault, element) => `${fault}: ${element.outerHTML.slice(0, 120)}`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const root = document.documentElement;
  const clamp = (value, most) => Math.min(Math.max(value, 1), most - 2);

  const sideways = () => (root.scrollWidth > root.clientWidth ? ["scrolls sideways"] : []);

  const stuck = () =>
    all("body *")
      .filter((element) => {
        const { position } = getComputedStyle(element);
        const { width, height } = element.getBoundingClientRect();
        return ["sticky", "fixed"].includes(position) && width > 0 && height > 0.4 * innerHeight;
      })
      .map((element) => told("covers much of the window", element));

  const isCut = (element) => {
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    const cuts = [overflowX, overflowY].some((way) => way === "hidden" || way === "clip");
    const wider = element.scrollWidth > element.clientWidth + 1;
    const higher = element.scrollHeight > element.clientHeight + 1;
    const shown = clipPath === "none" && element.clientWidth > 1 && !element.matches("svg, svg *, input");
    return cuts && shown && (wider || higher);
  };

  /* WCAG 1.4.12: nothing is lost with these distances. */
  const spaced = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
    const found = all("main *, header *, nav *, footer *").filter(isCut);
    const faults = [...found.map((element) => told("cut with wider text", element)), ...sideways()];
    document.adoptedStyleSheets = [];
    return faults;
  };

  const hasEdge = (control) => {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(control);
    return borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1;
  };

  const forced = () => {
    const controls = all(".ds-button:not([data-variant=tertiary], .visually-hidden), .input:not([type=checkbox], [type=radio])");
    const states = all("[data-tone], [data-kind], [data-state]:not([data-saved])");
    return [
      ...controls.filter((one) => one.checkVisibility() && !hasEdge(one)).map((one) => told("no edge", one)),
      ...states.filter((one) => one.checkVisibility() && !one.innerText.trim()).map((one) => told("no words", one)),
    ];
  };

  const isStop = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && !element.disabled && element.type !== "hidden";

  const faultsOf = (stop) => {
    stop.focus({ focusVisible: true });
    if (document.activeElement !== stop) return [];
    const { outlineStyle, outlineWidth } = getComputedStyle(stop);
    const { left, width, top, bottom } = stop.getBoundingClientRect();
    const faults = [];
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push(told("the focus cannot be seen", stop));
    if (bottom <= 0 || top >= innerHeight) return [...faults, told("the focus is out of sight", stop)];
    const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const there = document.elementFromPoint(clamp(left + width / 2, innerWidth), clamp(middle, innerHeight));
    const own = there && (stop.contains(there) || there.contains(stop) || there.closest("label")?.control === stop);
    return own ? faults : [...faults, told(`the focus is covered by ${there?.className || there?.tagName}`, stop)];
  };

  const focused = () => all("a[href], button, input, select, textarea, summary, [tabindex='0']").filter(isStop).flatMap(faultsOf);

  window.barriers = { sideways, stuck, spaced, forced, focused };
})();
