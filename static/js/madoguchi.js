// Improves pages that are complete without it. Every word it shows comes from data- attributes.
(function () {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const LOCK_MS = 15000;
  const CARRIED = "typed";

  // Full-width and half-width forms count alike here, as on the server.
  const CHECKS = {
    address: (text) => /^[^@＠\s]+[@＠][^@＠\s]+[.．][^@＠\s]+$/.test(text),
    kana: (text) => /^[ぁ-ゖ\u3099-\u309cァ-ー\u31f0-\u31ff\uff65-\uff9f\-\u2010-\u2015\u2212\uff0d\u00b7\u2022\s]+$/.test(text),
  };

  // Some browsers are set to keep nothing.
  function keep(name, text) {
    try { window.sessionStorage.setItem(name, text); } catch (error) { /* nothing is carried then */ }
  }

  function take(name) {
    try {
      const text = window.sessionStorage.getItem(name);
      window.sessionStorage.removeItem(name);
      return text;
    } catch (error) {
      return null;
    }
  }

  document.documentElement.classList.add("js");

  function focusErrorSummary() {
    const summary = document.querySelector("[data-focus]");
    if (!summary) return;
    // The autofocus attribute has its turn first; both at once make the browser complain.
    window.requestAnimationFrame(() => {
      if (document.activeElement !== summary) summary.focus();
    });
    all("a[href^='#']", summary).forEach((link) => {
      link.addEventListener("click", (event) => {
        const target = document.getElementById(link.hash.slice(1));
        if (!target) return;
        event.preventDefault();
        target.focus();
        target.scrollIntoView();
      });
    });
  }

  function switchPasswords() {
    all("[data-shows]").forEach((box) => {
      const fields = box.dataset.shows.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
      const show = (shown) => fields.forEach((field) => { field.type = shown ? "text" : "password"; });
      box.checked = false;
      box.addEventListener("change", () => show(box.checked));
      if (box.form) box.form.addEventListener("submit", () => show(false));
    });
  }

  // Another language or letter size is another page: what was typed and not yet sent goes along, in this tab alone.
  function carryTyped() {
    const fields = all("main form input[name]").filter((field) => !["hidden", "password"].includes(field.type));
    const part = (field) => (["radio", "checkbox"].includes(field.type) ? "checked" : "value");
    const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const carried = JSON.parse(take(CARRIED) || "{}");
    if (carried.path === window.location.pathname && carried.typed.length === fields.length) {
      fields.forEach((field, index) => { field[part(field)] = carried.typed[index]; });
    }
    all(".segment").forEach((link) => link.addEventListener("click", (event) => {
      const typed = fields.map((field) => field[part(field)]);
      if (isPlain(event)) keep(CARRIED, JSON.stringify({ path: window.location.pathname, typed }));
    }));
  }

  // part: "value" for what stands there now, "defaultValue" for what the page came with.
  function seemsRight(field, part) {
    if (field.type === "radio") {
      const chosen = part === "value" ? "checked" : "defaultChecked";
      return all(`input[name="${field.name}"]`, field.form).some((radio) => radio[chosen]);
    }
    const text = field[part].trim();
    if (!text || text === field.dataset.refused) return false;
    if (field.dataset.check && !CHECKS[field.dataset.check](text)) return false;
    if (field.dataset.minChars && Array.from(field[part]).length < Number(field.dataset.minChars)) return false;
    const original = field.dataset.confirms && field.form.elements[field.dataset.confirms];
    return !original || original[part] === field[part];
  }

  // What was refused although it seems right here, and a password, which never comes back, only the server can judge:
  // its word stands until the form is sent again.
  function judge(field) {
    const error = document.getElementById(`${field.id}-error`);
    const isPuzzling = error && (field.type === "password" || seemsRight(field, "defaultValue"));
    const isRight = () => !isPuzzling && seemsRight(field, "value");
    const showError = () => {
      if (!error) return;
      const ok = isRight();
      // It keeps its place: a button that moved away under the pointer would not be pressed.
      error.classList.toggle("unseen", ok);
      error.id = ok ? `${field.id}-settled` : `${field.id}-error`;
      if (field.type === "radio") return;
      if (ok) field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
    };
    return { field, error, isRight, showError };
  }

  function isUnchanged(field) {
    return field.type === "radio" ? field.checked === field.defaultChecked : field.value === field.defaultValue;
  }

  function keepBadges() {
    const badges = all("[data-watches]").map((badge) => {
      const fields = badge.dataset.watches.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
      return { badge, judged: fields.map(judge), wasFoundOk: badge.classList.contains("badge-ok") };
    });
    const refresh = () => badges.forEach(({ badge, judged, wasFoundOk }) => {
      const isAsFound = wasFoundOk && judged.every(({ field }) => isUnchanged(field));
      const ok = judged.length > 0 && (isAsFound || judged.every(({ isRight }) => isRight()));
      badge.classList.toggle("badge-ok", ok);
      badge.classList.toggle("badge-required", !ok);
      badge.textContent = ok ? badge.dataset.okWord : badge.dataset.word;
      judged.forEach(({ showError }) => showError());
      if (judged.some(({ error }) => error)) badge.closest(".field").classList.toggle("field-wrong", !ok);
    });
    if (badges.length === 0) return;
    document.addEventListener("focusout", refresh);
    document.addEventListener("change", refresh);
    window.addEventListener("pageshow", refresh);
  }

  function copyBySelection(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr-only";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copyText(text) {
    return navigator.clipboard ? navigator.clipboard.writeText(text) : copyBySelection(text);
  }

  function copyOnRequest() {
    all("[data-copy]").forEach((button) => {
      const result = button.parentElement.querySelector("[role=status]");
      const tell = (word) => { result.textContent = word; };
      button.addEventListener("click", () => {
        tell("");
        copyText(button.dataset.copy)
          .then(() => tell(button.dataset.copied), () => tell(button.dataset.notCopied))
          .then(() => button.focus());
      });
    });
  }

  function countDown() {
    all("[data-countdown]").forEach((frame) => {
      if (Number(frame.dataset.countdown) <= 0) return;
      const button = frame.querySelector("button");
      const wait = frame.querySelector("[data-countdown-wait]");
      const ready = frame.querySelector("[data-countdown-ready]");
      const end = Date.now() + Number(frame.dataset.countdown) * 1000;
      const tick = () => {
        const left = Math.ceil((end - Date.now()) / 1000);
        button.disabled = left > 0;
        wait.textContent = wait.dataset.countdownWait.replace("{seconds}", Math.max(left, 0));
        // It keeps its place, so that nothing below it moves.
        wait.classList.toggle("unseen", left <= 0);
        if (left > 0) window.setTimeout(tick, 250);
        else ready.textContent = ready.dataset.countdownReady;
      };
      tick();
    });
  }

  function sendOnce() {
    const buttonsOf = (form) => Array.from(form.elements).filter((element) => element.type === "submit");
    const release = (form) => {
      delete form.dataset.sent;
      buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
    };
    const forms = all("form").filter((form) => form.method === "post");
    forms.forEach((form) => {
      form.addEventListener("submit", (event) => {
        if (form.dataset.sent) {
          event.preventDefault();
          return;
        }
        form.dataset.sent = "yes";
        buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
        window.setTimeout(release, LOCK_MS, form);
      });
    });
    window.addEventListener("pageshow", () => forms.forEach(release));
  }

  function openDialogs() {
    all("[data-opens]").forEach((opener) => {
      const dialog = document.getElementById(opener.dataset.opens);
      opener.addEventListener("click", () => dialog.showModal());
    });
  }

  function printOnRequest() {
    all("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
  }

  [
    focusErrorSummary, carryTyped, switchPasswords, keepBadges, copyOnRequest, countDown, sendOnce, openDialogs,
    printOnRequest,
  ].forEach((improve) => improve());
})();
