import type { Fact } from '../../engine/index.ts';
import { hasText, type Language, textParts } from '../../i18n/index.ts';
import { phraseOf } from './phrases.ts';
import { type Phrase, type Piece, plain } from './pieces.ts';
import { Telling, type Told } from './telling.ts';

/** A phrase in the reader's language, chips in their places. */
export function fill({ key, args }: Phrase, language: Language): readonly Piece[] {
  if (!hasText(key)) return [key];
  const parts = textParts<Exclude<Phrase['args'][string], string | number>>(language, key, args);
  return parts.flatMap((part) => (Array.isArray(part) ? (part as readonly Piece[]) : [part as Piece]));
}

/** What happened, as one sentence with chips for parts, messages and lines. */
export function sentenceParts(fact: Fact, told: Told, language: Language): readonly Piece[] {
  return fill(phraseOf(new Telling(fact, told, language)), language);
}

/** The same as plain text: for the live region, for names that screen readers say, for tests. */
export function sentence(fact: Fact, told: Told, language: Language): string {
  return plain(sentenceParts(fact, told, language));
}
