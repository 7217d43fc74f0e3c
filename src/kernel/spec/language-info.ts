/** What every notebook of this kernel says of its language. A notebook that already says so is not changed by opening it. */
export const LANGUAGE_INFO = {
  name: 'typescript',
  version: '7.0.2',
  mimetype: 'text/typescript',
  file_extension: '.ts',
  pygments_lexer: 'typescript',
  // JupyterLab looks the name up in its own list; `{ name: 'javascript', … }` would lose TypeScript's key words.
  codemirror_mode: 'typescript',
  nbconvert_exporter: 'script',
};
