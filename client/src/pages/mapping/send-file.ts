/** A file on its way. */
export interface Sending {
  /** @throws Error with a sentence of the server's, or without one where it did not answer */
  readonly sent: Promise<string>;
  stop(): void;
}

/** Sends a file by itself: only this way says how far it is. */
export function sendFile(workspace: string, file: File, onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const sent = new Promise<string>((done, failed) => {
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const text = request.responseText;
      if (request.status === 200) done((JSON.parse(text) as { id: string }).id);
      else failed(new Error(text.trim()));
    };
    request.onerror = () => failed(new Error(""));
    request.onabort = () => failed(new DOMException("", "AbortError"));
  });
  request.open("POST", `/upload/${encodeURIComponent(workspace)}?name=${encodeURIComponent(file.name.slice(-200))}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.send(file);
  return { sent, stop: () => request.abort() };
}
