import { useEffect, useState } from 'react';
import { loadLanguage } from '../../i18n/index.ts';
import type { Problem } from '../../scenario/index.ts';
import { Button, Logo, useText, useUi } from '../../ui/index.ts';
import { keptWork } from '../session/keeping.ts';
import { remedyText } from '../session/problemText.ts';
import styles from './Page.module.css';

export interface LinkPageProps {
  readonly problem: Problem;
  readonly onSaved: () => void;
  readonly onDefault: () => void;
}

/** A link that can't be opened: what is wrong, what to do, and the way back. */
export function LinkPage({ problem, onSaved, onDefault }: LinkPageProps) {
  const t = useText();
  const language = useUi((ui) => ui.language);
  const hasSavedWork = useHasSavedWork();
  // What is wrong with links is not among the texts of the first picture.
  useEffect(() => void loadLanguage(language), [language]);
  const remedy = remedyText(language, problem);
  return (
    <main className={styles.page}>
      <div className={styles.card} role="alert">
        <Logo size={40} />
        <h1>{t('link.title')}</h1>
        <p className={styles.what}>{t.dynamic(`problem.${problem.key}`, problem.args)}</p>
        {remedy && <p>{remedy}</p>}
        <p className={styles.soft}>{t('link.safe')}</p>
        <div className={styles.ways}>
          {hasSavedWork && (
            <Button look="primary" onClick={onSaved}>
              {t('link.saved')}
            </Button>
          )}
          <Button look={hasSavedWork ? 'normal' : 'primary'} onClick={onDefault}>
            {t('link.default')}
          </Button>
        </div>
      </div>
    </main>
  );
}

function useHasSavedWork(): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    let isStale = false;
    void keptWork()
      .then((store) => store.list())
      .then((works) => {
        if (!isStale) setHas(works.length > 0);
      });
    return () => {
      isStale = true;
    };
  }, []);
  return has;
}
