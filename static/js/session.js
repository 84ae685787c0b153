// Tells in time that signing in ends, and prolongs it on request. Every word it shows comes from the page.
(function () {
  "use strict";

  const frame = document.querySelector("[data-session]");
  const dialogs = Object.fromEntries(
    ["idle", "last", "over"].map((name) => [name, document.getElementById(`session-${name}`)]),
  );
  if (!frame || !dialogs.over || !dialogs.over.showModal || !window.fetch) return;

  const SPOKEN = [60, 30, 10];
  const LONGEST_PAUSE_MS = 30000;
  const { owner, warningSeconds } = frame.dataset;
  // Tabs of one browser share its session: whichever asked last tells the others until when it lasts now.
  const others = window.BroadcastChannel ? new window.BroadcastChannel("madoguchi-session") : null;
  let end = 0;
  let canGoOn = true;
  let shown = null;
  let isClosed = false;
  let spoken = Infinity;
  let timer = null;

  const secondsLeft = () => Math.ceil((end - Date.now()) / 1000);
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function timeOfDay(moment) {
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Tokyo" };
    return new Intl.DateTimeFormat("en-GB", options).format(moment);
  }

  function show(name) {
    if (shown === name) return;
    hide();
    shown = name;
    isClosed = false;
    dialogs[name].showModal();
  }

  // Closing gives the focus back to where it was.
  function hide() {
    const open = dialogs[shown];
    shown = null;
    spoken = Infinity;
    if (open && open.open) open.close();
  }

  function countDown(left) {
    const words = dialogs[shown].querySelector("[data-left]");
    const seconds = String(left % 60).padStart(2, "0");
    words.textContent = filled(words.dataset.left, { minutes: Math.floor(left / 60), seconds });
    const threshold = Math.min(...SPOKEN.filter((one) => left <= one));
    if (threshold >= spoken || threshold === Infinity) return;
    spoken = threshold;
    dialogs[shown].querySelector("[data-said]").textContent = filled(frame.dataset.soon, { seconds: left });
  }

  // By the clock, not by counting: a phone that slept finds out at once.
  function look() {
    window.clearTimeout(timer);
    const left = secondsLeft();
    if (left <= 0) {
      show("over");
      return;
    }
    const early = left - Number(warningSeconds);
    if (early > 0) {
      hide();
      isClosed = false;
    } else if (!isClosed) {
      show(canGoOn ? "idle" : "last");
      countDown(left);
    }
    timer = window.setTimeout(look, early > 0 ? Math.min(early * 1000, LONGEST_PAUSE_MS) : 1000);
  }

  function take(newEnd, mayGoOn) {
    end = newEnd;
    canGoOn = mayGoOn;
    const words = canGoOn ? frame.dataset.idle : frame.dataset.last;
    const until = frame.querySelector("[data-until]");
    const text = filled(words, { time: timeOfDay(end) });
    if (until.textContent !== text) until.textContent = text;
    look();
  }

  function tellOthers() {
    if (others) others.postMessage({ owner, end, canGoOn });
  }

  function ask() {
    const token = frame.querySelector("[name=csrf_token]").value;
    const body = new window.URLSearchParams({ csrf_token: token });
    return window.fetch(frame.dataset.session, { method: "POST", body, credentials: "same-origin", cache: "no-store" });
  }

  // 401: it is over, whatever our own clock says. The answer of any other fault says nothing about it.
  async function goOn(name, whenOver) {
    const failure = dialogs[name].querySelector("[data-failure]");
    failure.textContent = "";
    const asked = Date.now();
    try {
      const answer = await ask();
      if (answer.status === 401) {
        whenOver();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      take(asked + told.seconds_left * 1000, told.can_go_on);
      tellOthers();
      frame.querySelector("[data-prolonged]").textContent = frame.querySelector("[data-until]").textContent;
    } catch (error) {
      failure.textContent = frame.dataset.failed;
    }
  }

  // The server is sure that nobody is signed in, so sending the form changes nothing: it is kept, and comes back filled
  // after the sign-in.
  function signInAgain() {
    const typed = (field) => field.name && field.type !== "hidden" && field.value;
    const form = Array.from(document.querySelectorAll("main form[method=post]"))
      .find((one) => Array.from(one.querySelectorAll("input, select, textarea")).some(typed));
    if (form) HTMLFormElement.prototype.submit.call(form);
    else window.location.assign(window.location.href);
  }

  function listen() {
    document.querySelector("[data-go-on]").addEventListener("click", () => goOn("idle", () => show("over")));
    document.querySelector("[data-again]").addEventListener("click", () => goOn("over", signInAgain));
    // Whoever presses Esc is there.
    dialogs.idle.addEventListener("cancel", (event) => {
      event.preventDefault();
      goOn("idle", () => show("over"));
    });
    Object.values(dialogs).forEach((dialog) => dialog.addEventListener("close", () => {
      if (dialogs[shown] === dialog) isClosed = true;
    }));
    if (others) {
      others.addEventListener("message", ({ data }) => {
        if (data.owner === owner && data.end > end) take(data.end, data.canGoOn);
      });
    }
    ["visibilitychange", "focus", "pageshow"].forEach((name) => window.addEventListener(name, look));
  }

  // How long ago the answer arrived whose seconds we were told.
  function millisecondsSinceArrival() {
    const [arrival] = window.performance.getEntriesByType("navigation");
    return arrival ? window.performance.now() - arrival.responseStart : 0;
  }

  listen();
  take(Date.now() - millisecondsSinceArrival() + Number(frame.dataset.secondsLeft) * 1000, "canGoOn" in frame.dataset);
  tellOthers();
})();
