import type { ControlLink } from './link.ts';

/** `prompt(text)` asks the reader of the notebook and waits; `input(text)` is the same, to be awaited. */
export function installPrompt(link: ControlLink): void {
  const ask = (text: unknown = '', { password = false }: { password?: boolean } = {}): string => {
    const answer = link.ask(String(text), password);
    if (answer === null)
      throw new Error('prompt: this client cannot ask its reader. Set the value in the cell instead.');
    return answer;
  };
  Object.assign(globalThis, {
    prompt: (text?: unknown) => ask(text),
    input: async (text?: unknown, options?: { password?: boolean }) => ask(text, options),
  });
}
