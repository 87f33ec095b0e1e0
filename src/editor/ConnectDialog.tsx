import { useMemo } from 'react';
import { Button, Dialog, useText } from '../ui/index.ts';
import { findPart, problemText } from './actions.ts';
import { type ConnectTarget, connectParts, connectTargets, mendLine } from './adding.ts';
import styles from './ConnectDialog.module.css';
import { host } from './environment.ts';
import { kindName } from './names.ts';

/** "Connect to…": what a line may lead to, and beside the rest why it may not and what would do. */
export function ConnectDialog({ from, onClose }: { readonly from: string; readonly onClose: () => void }) {
  const t = useText();
  const part = findPart(from);
  const targets = useMemo(() => connectTargets(from), [from]);
  if (!part) return null;
  const allowed = targets.filter(({ refusal }) => refusal === undefined);
  const refused = targets.filter(({ refusal }) => refusal !== undefined);
  const connect = (to: string) => {
    onClose();
    connectParts(from, to);
  };
  return (
    <Dialog open onClose={onClose} size="small" title={t('editor.connect.title', { name: part.name })}>
      {targets.length === 0 && <p className={styles.empty}>{t('editor.connect.nothing')}</p>}
      {allowed.length > 0 && (
        <ul className={styles.list} aria-label={t('editor.connect.allowed')}>
          {allowed.map((target, index) => (
            <li key={target.part.id}>
              <Button
                look="quiet"
                icon="connect"
                data-autofocus={index === 0 || undefined}
                className={styles.target}
                onClick={() => connect(target.part.id)}
              >
                <TargetName target={target} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('editor.connect.refused')}</h3>
          <ul className={styles.list}>
            {refused.map((target) => (
              <RefusedTarget key={target.part.id} target={target} from={from} onClose={onClose} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function TargetName({ target: { part } }: { readonly target: ConnectTarget }) {
  const t = useText();
  const kind = host().catalogue.parts.get(part.kind);
  return (
    <span>
      <b>{part.name}</b> {kind && <span className={styles.kind}>{kindName(t, kind, part)}</span>}
    </span>
  );
}

function RefusedTarget({ target, from, onClose }: { readonly target: ConnectTarget; readonly from: string; readonly onClose: () => void }) {
  const t = useText();
  const { refusal, part } = target;
  if (!refusal) return null;
  const mend = () => {
    onClose();
    mendLine(refusal, from, part.id);
  };
  return (
    <li className={styles.refused}>
      <TargetName target={target} />
      <p className={styles.reason}>{problemText(refusal.problem)}</p>
      {refusal.mend !== undefined && <Button onClick={mend}>{mendLabel(t, refusal.mend)}</Button>}
    </li>
  );
}

function mendLabel(t: ReturnType<typeof useText>, mend: string): string {
  const key = `mend.${mend}`;
  const said = t.dynamic(key);
  return said === key ? t('editor.connect.mend') : said;
}
