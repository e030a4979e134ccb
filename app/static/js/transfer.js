// Sends a form's data with news of its progress, which fetch cannot give.

/** Size in words, as the pages write it: 1234567 → "1.2 MB". */
export function sizeInWords(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const amount = bytes / 1000 ** step;
  return `${step ? amount.toFixed(1) : amount} ${units[step]}`;
}

/**
 * POST `data` to `address`. Gives { sent, cancel }: `sent` resolves to { status, text, address } for any
 * answer, and rejects with an Error whose message is "cancelled" or "unreachable" where none came.
 */
export function send(address, data, headers, onProgress) {
  const request = new XMLHttpRequest();
  const sent = new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
    request.addEventListener("load", () =>
      resolve({ status: request.status, text: request.responseText, address: request.responseURL }),
    );
    request.addEventListener("error", () => reject(new Error("unreachable")));
    request.addEventListener("abort", () => reject(new Error("cancelled")));
  });
  request.open("POST", address);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(data);
  return { sent, cancel: () => request.abort() };
}

/** Show progress in the element that components/progress.html made. */
export function showProgress(line, sent, total) {
  const all = sent >= total;
  line.hidden = false;
  const bar = line.querySelector("progress");
  if (all) bar.removeAttribute("value");
  else bar.value = total ? sent / total : 0;
  const words = all ? "Checking the file" : `${Math.floor((100 * sent) / total)} % of ${sizeInWords(total)}`;
  line.querySelector("[data-progress-words]").textContent = words;
}

export const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;
