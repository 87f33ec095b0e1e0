import type { AriaLabelConfig } from '@xyflow/react';
import { useMemo } from 'react';
import { useText } from '../../ui/index.ts';

/** React Flow's own words in the reader's language. */
export function useAriaTexts(): Partial<AriaLabelConfig> {
  const t = useText();
  return useMemo(
    () => ({
      'minimap.ariaLabel': t('editor.minimap'),
      'handle.ariaLabel': t('editor.aria.handle'),
    }),
    [t],
  );
}
