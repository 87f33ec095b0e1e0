import { useState } from 'react';

/**
 * What is being typed, apart from what the document holds. A value that comes from elsewhere (undo, another field,
 * another selection) replaces the draft.
 */
export function useDraft<T>(value: T, isSame: (a: T, b: T) => boolean): [draft: T, setDraft: (draft: T) => void, reset: () => void] {
  const [state, setState] = useState({ value, draft: value });
  const isFresh = !isSame(state.value, value);
  // Deriving during rendering avoids a flash of the old draft.
  if (isFresh) setState({ value, draft: value });
  const draft = isFresh ? value : state.draft;
  return [draft, (next) => setState({ value, draft: next }), () => setState({ value, draft: value })];
}
