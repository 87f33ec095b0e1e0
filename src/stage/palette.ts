import { MESSAGE_COLOURS } from './colours.ts';

/** The tokens of the theme that the painter uses. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly panel: string;
  readonly line: string;
  readonly wire: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly glow: string;
  readonly ok: string;
  readonly bad: string;
  readonly warn: string;
  readonly cell: string;
  readonly font: string;
  /** `--m1` … `--m7`. */
  readonly messages: readonly string[];
}

/** Reads the palette from custom properties, so that the one token sheet holds for the canvas as well. */
export function readPalette(read: (property: string) => string): Palette {
  const get = (name: string) => read(`--${name}`).trim();
  return {
    ink: get('ink'),
    soft: get('soft'),
    panel: get('panel'),
    line: get('line'),
    wire: get('wire'),
    accent: get('accent'),
    accentInk: get('accent-ink'),
    glow: get('glow'),
    ok: get('ok'),
    bad: get('bad'),
    warn: get('warn'),
    cell: get('cell'),
    font: get('font') || 'sans-serif',
    messages: Array.from({ length: MESSAGE_COLOURS }, (_, i) => get(`m${i + 1}`)),
  };
}
