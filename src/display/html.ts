/** Text that is safe between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] as string);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/*
 * Our HTML brings its styles inline and takes the page's own colours, so that it reads well on a light and on a dark page,
 * in Lab, in an exported page, and where style sheets are taken out.
 */
export const CODE_FONT = 'font-family:var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace)';
