// At the counter: camera and photos fill the field that a scanner fills by itself, and send it. Every word it shows comes
// from data- attributes.
(function () {
  "use strict";

  const form = document.querySelector("[data-scan]");
  if (!form) return;

  const PAUSE_MS = 150;
  // A photo from far away is read in full, one from near by better when it is small.
  const PHOTO_SIDES = [1600, 800, 2800];
  const VIDEO_SIDE = 960;
  // What codes and search keys begin with.
  const BEGINNING = /^[MK0-9]$/i;

  const field = form.querySelector("#scanned");
  const button = form.querySelector("[data-camera]");
  const video = form.querySelector("[data-video]");
  const photo = form.querySelector("[data-photo]");
  const said = form.querySelector("[data-said]");
  const say = (words) => { said.textContent = words; };
  let stream = null;
  let decoder = null;

  async function ownDetector() {
    if (!window.BarcodeDetector) return null;
    try {
      const formats = await window.BarcodeDetector.getSupportedFormats();
      return formats.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
    } catch (error) {
      return null;
    }
  }

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
      document.head.append(script);
    });
  }

  function drawn(source, width, height, side) {
    const scale = Math.min(1, side / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }

  // Gives (source, width, height, side) => text or "".
  async function madeDecoder() {
    const detector = await ownDetector();
    if (detector) {
      return async (source) => {
        const [found] = await detector.detect(source);
        return found ? found.rawValue : "";
      };
    }
    await loadScript(form.dataset.decoder);
    return async (source, width, height, side) => {
      const image = drawn(source, width, height, side);
      const found = window.jsQR(image.data, image.width, image.height, { inversionAttempts: "dontInvert" });
      return found ? found.data : "";
    };
  }

  async function read(source, width, height, side) {
    decoder = decoder || madeDecoder();
    try {
      return await (await decoder)(source, width, height, side);
    } catch (error) {
      decoder = null;
      throw error;
    }
  }

  function send(text) {
    stop();
    field.value = text;
    say(form.dataset.read);
    form.requestSubmit();
  }

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    if (!video) return;
    video.srcObject = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }

  async function look(watched) {
    if (watched !== stream) return;
    let text = "";
    try {
      if (video.videoWidth) text = await read(video, video.videoWidth, video.videoHeight, VIDEO_SIDE);
    } catch (error) {
      // The next picture may be clearer.
    }
    if (watched !== stream) return;
    if (text) send(text);
    else window.setTimeout(look, PAUSE_MS, watched);
  }

  async function start() {
    say(form.dataset.looking);
    button.setAttribute("aria-pressed", "true");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      look(stream);
    } catch (error) {
      stop();
      say(form.dataset.noCamera);
      field.focus();
    }
  }

  function toggle() {
    if (button.getAttribute("aria-pressed") === "true") {
      stop();
      say("");
      field.focus();
    } else {
      start();
    }
  }

  async function readPhoto() {
    const [file] = photo.files;
    photo.value = "";
    if (!file) return;
    say("");
    let text = "";
    try {
      const picture = await window.createImageBitmap(file);
      for (const side of PHOTO_SIDES) {
        text = text || await read(picture, picture.width, picture.height, side);
      }
    } catch (error) {
      // No picture, or one that this browser cannot open.
    }
    if (text) {
      send(text);
      return;
    }
    say(form.dataset.nothing);
    field.focus();
  }

  // A scanner types wherever the focus is: its first letter leads it back into the field.
  function catchScanner(event) {
    const isTyped = BEGINNING.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    const isElsewhere = !event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (!isTyped || !isElsewhere || document.querySelector("dialog[open]")) return;
    field.value = "";
    field.focus();
  }

  if (button && navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
  photo.addEventListener("change", readPhoto);
  document.addEventListener("keydown", catchScanner);
  window.addEventListener("pagehide", stop);
  // Whoever comes back finds the field empty; on arrival somebody may have typed already.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    field.value = "";
    say("");
  });
})();
