import type { PartId } from '../../base/index.ts';
import type { Program } from '../../engine/index.ts';
import { hasText } from '../../i18n/index.ts';
import { useText } from '../../ui/index.ts';
import styles from './NodePanel.module.css';

/** Honest about its limits: what of the real thing is simulated here, and what is not. */
export function Omissions({ program, id }: { readonly program: Program; readonly id: PartId }) {
  const t = useText();
  const kernel = program.kernels.get(program.nodeOf.get(id) ?? id);
  if (!kernel) return null;
  const models = `model.${kernel.models}`;
  if (!hasText(models) && kernel.omits.length === 0) return null;
  return (
    <details className={styles.omissions}>
      <summary>{t('node.models')}</summary>
      {hasText(models) && <p>{t(models)}</p>}
      {kernel.omits.length > 0 && (
        <>
          <p>{t('node.omits')}</p>
          <ul>
            {kernel.omits.map((key) => (
              <li key={key}>{t.dynamic(`omit.${key}`)}</li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
