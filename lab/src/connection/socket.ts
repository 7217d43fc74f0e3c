/** How many messages each session has received, by the address of its channels: one small entry for each kernel connection. */
const received = new Map<string, number>();

/** A WebSocket that says to our server how many messages of its session have arrived, so that it sends the next and no other. */
export class CountingWebSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    const address = String(url);
    const isKernel = /\/channels\?session_id=/.test(address);
    super(isKernel ? `${address}&received=${received.get(address) ?? 0}` : address, protocols);
    if (!isKernel) return;
    // Registered before JupyterLab's own, so each message that it handles is counted.
    this.addEventListener('message', () => {
      if (this.readyState === WebSocket.OPEN) received.set(address, (received.get(address) ?? 0) + 1);
    });
  }
}
