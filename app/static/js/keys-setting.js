// The switch on the search help page that turns single-letter keys off and on, remembered on this device.

import { singleKeysOn } from "./keys.js";

const setting = document.querySelector("[data-keys-setting]");
const box = setting.querySelector("input");

box.checked = singleKeysOn();
setting.hidden = false;
box.addEventListener("change", () => localStorage.setItem("single-keys", box.checked ? "on" : "off"));
