/**
 * Stands in for `@mermaid-js/layout-elk`: no further layouts. Its layout engine, elkjs, is the one package with a
 * licence that asks for more than its notice (EPL-2.0), and 2 MB large; a Mermaid diagram that asks for it gets
 * Mermaid's own layout.
 */
export default [];
