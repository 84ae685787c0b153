// 金融機関 and 支店 are offered while one types. Without it, or when the lists cannot be had, buttons search for them.
// Every word it shows comes from data- attributes.
(function () {
  "use strict";

  const PAUSE_MS = 200;
  const same = (one, other) => one.normalize("NFKC").toLowerCase() === other.normalize("NFKC").toLowerCase();
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

  function listedField(frame, onChoice) {
    const input = frame.querySelector("input[type=text]");
    const form = input.form;
    const badge = document.getElementById(`${input.id}-badge`);
    const error = document.getElementById(`${input.id}-error`);
    const said = frame.querySelector(".listed-said");
    const words = frame.dataset;
    const codeName = frame.dataset.code;
    const list = made("ul", { id: `${input.id}-list`, className: "listed-list", lang: "ja", hidden: true });
    let chosen = null;
    let offered = [];
    let active = -1;
    let timer = 0;
    let question = null;
    let parent = null;
    let isReady = !frame.dataset.unmet;

    const radios = () => frame.querySelector(".listed-options");
    const say = (text, isShown) => {
      said.textContent = text;
      said.classList.toggle("sr-only", !isShown);
    };

    function keepCode(code) {
      // A name may be sent only once: by the radio buttons of the page that came without scripts, or by this.
      let hidden = frame.querySelector(`input[type=hidden][name=${codeName}]`);
      if (!hidden) hidden = frame.appendChild(made("input", { type: "hidden", name: codeName }));
      hidden.value = code;
    }

    function show() {
      const line = frame.querySelector(".listed-chosen");
      line.hidden = !chosen;
      line.querySelector("[data-chosen-name]").textContent = chosen ? chosen.name : "";
      line.querySelector("[data-chosen-code]").textContent = chosen ? chosen.code : "";
      badge.className = chosen ? "badge badge-ok" : "badge badge-required";
      badge.textContent = chosen ? words.okWord : words.requiredWord;
      if (!error) return;
      frame.classList.toggle("field-wrong", !chosen);
      error.classList.toggle("unseen", Boolean(chosen));
      error.id = `${input.id}-${chosen ? "settled" : "error"}`;
      if (chosen) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
    }

    function take(entry) {
      const isAnother = (chosen && chosen.code) !== (entry && entry.code);
      chosen = entry;
      if (!radios()) keepCode(entry ? entry.code : "");
      if (isAnother) {
        show();
        onChoice(entry);
      }
    }

    function dropRadios() {
      if (radios()) radios().remove();
      const none = frame.querySelector(".listed-none");
      if (none) none.remove();
    }

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(entry) {
      stop();
      dropRadios();
      close();
      input.value = entry.name;
      take(entry);
      say(`${words.chosenWord} ${entry.name} ${entry.code}`, false);
    }

    function takeRadio(radio) {
      stop();
      input.value = radio.closest("label").querySelector("[data-name]").textContent;
      say("", false);
      take({ code: radio.value, name: input.value });
    }

    function point(index) {
      const options = Array.from(list.children);
      active = (index + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }

    function optionOf(entry, index) {
      const option = made("li", { id: `${list.id}-${index}`, className: "listed-option" });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(
        made("span", { textContent: entry.name }),
        made("span", { className: "listed-more", textContent: `${entry.code} ${entry.kana}` }),
      );
      // The field keeps the focus; a pointer that goes down and up on the option chooses it.
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(entry));
      return option;
    }

    function offer(entries) {
      offered = entries;
      list.replaceChildren(...entries.map(optionOf));
      list.hidden = entries.length === 0;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(entries.length > 0));
      list.scrollTop = 0;
      if (entries.length) say(words.count.replace("{count}", entries.length), false);
      else say(words.none, true);
    }

    function stop() {
      window.clearTimeout(timer);
      if (question) question.abort();
      question = null;
    }

    // What the list has; nothing when another question came in between.
    async function ask() {
      stop();
      if (!isReady || !input.value.trim()) return null;
      const mine = new AbortController();
      question = mine;
      const address = words.list.replace("{code}", parent ? parent.code : "");
      try {
        const answer = await fetch(`${address}?query=${encodeURIComponent(input.value)}`, { signal: mine.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const entries = await answer.json();
        return question === mine ? entries : null;
      } catch (failure) {
        if (!mine.signal.aborted) giveUp();
        return null;
      }
    }

    function giveUp() {
      close();
      say(words.failed, true);
      form.dispatchEvent(new CustomEvent("listsgone", { detail: frame.querySelector(".listed-search").value }));
    }

    async function open() {
      const entries = await ask();
      if (entries && document.activeElement === input) offer(entries);
    }

    // Who types a whole name, kana or code, and goes on, has chosen.
    async function settle() {
      const typed = input.value.trim();
      if (chosen || radios() || !typed) return;
      const entries = await ask();
      if (!entries || chosen || input.value.trim() !== typed) return;
      const meant = entries.filter((entry) => [entry.name, entry.kana, entry.code].some((own) => same(own, typed)));
      const only = meant.length === 1 ? meant[0] : entries.length === 1 ? entries[0] : null;
      if (only) choose(only);
      else if (!entries.length && !error) say(words.none, true);
    }

    function clear() {
      stop();
      dropRadios();
      close();
      input.value = "";
      say("", false);
      take(null);
    }

    input.addEventListener("input", () => {
      stop();
      dropRadios();
      take(null);
      if (!isReady) say(words.unmet, true);
      else if (input.value.trim()) timer = window.setTimeout(open, PAUSE_MS);
      else {
        close();
        say("", false);
      }
    });

    const isAsked = () => !chosen && isReady && input.value.trim() && !form.dataset.listsGone;

    const KEYS = {
      ArrowDown: () => (list.hidden ? void open() : point(active + 1)),
      ArrowUp: () => (list.hidden ? void open() : point(active < 0 ? list.children.length - 1 : active - 1)),
      Enter: () => {
        if (active >= 0) choose(offered[active]);
        else if (list.hidden) open();
        else if (offered.length === 1) choose(offered[0]);
        else point(0);
      },
      Escape: close,
    };

    input.addEventListener("keydown", (event) => {
      // Keys that belong to the conversion of kana are not ours.
      if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape" && list.hidden) return;
      // Where there is nothing to choose, Enter sends the form as everywhere else.
      if (event.key === "Enter" && list.hidden && !isAsked()) return;
      if (!KEYS[event.key]) return;
      event.preventDefault();
      KEYS[event.key]();
    });

    input.addEventListener("blur", () => {
      close();
      settle();
    });

    frame.addEventListener("change", (event) => {
      if (event.target.type === "radio") takeRadio(event.target);
    });

    list.setAttribute("role", "listbox");
    list.setAttribute("aria-labelledby", `${input.id}-label`);
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    return {
      // The field before this one holds another answer now, or none.
      follow: (entry) => {
        isReady = Boolean(entry);
        if (!entry) return;
        if (parent && parent.code !== entry.code) clear();
        parent = entry;
        if (said.textContent === words.unmet) say("", false);
        settle();
      },
      // What the page came with, or what the browser put back into it.
      begin: () => {
        const hidden = frame.querySelector(`input[type=hidden][name=${codeName}]`);
        const name = frame.querySelector("[data-chosen-name]").textContent;
        const radio = frame.querySelector("input[type=radio]:checked");
        if (radio) takeRadio(radio);
        else take(hidden && hidden.value && input.value === name ? { code: hidden.value, name } : null);
        show();
        settle();
      },
    };
  }

  document.querySelectorAll("form[data-banks]").forEach((form) => {
    const [bankFrame, branchFrame] = form.querySelectorAll("[data-listed]");
    const byDefault = form.querySelector("[data-default]");
    const branch = listedField(branchFrame, () => {});
    const bank = listedField(bankFrame, (entry) => branch.follow(entry));
    // The buttons that search make way, and Enter goes on; both come back when the lists cannot be had.
    const lists = (work) => {
      form.classList.toggle("lists-work", work);
      if (work) byDefault.removeAttribute("name");
      else byDefault.name = "search";
    };
    form.addEventListener("listsgone", (event) => {
      form.dataset.listsGone = "yes";
      byDefault.value = event.detail;
      lists(false);
    });
    lists(true);
    bank.begin();
    branch.begin();
  });
})();
