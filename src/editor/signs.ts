import type { Config, PartKind } from '../scenario/index.ts';
import { defaultsOf } from '../scenario/index.ts';

/** The key of a part's sign and kind word: its kind, and the value of what its palette presets, if anything. */
export function signOf(kind: PartKind, config: Config): string {
  const presets = Object.keys(kind.palette[0]?.config ?? {});
  const full = presets.length > 0 ? { ...defaultsOf(kind.fields), ...config } : config;
  return [kind.kind, ...presets.map((name) => String(full[name]))].join('/');
}
