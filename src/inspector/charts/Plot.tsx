import { type PointerEvent, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { micros } from '../../base/index.ts';
import type { Playback } from '../../playback/index.ts';
import { usePlayback } from '../../playback/index.ts';
import { useUi } from '../../ui/index.ts';
import styles from './ChartPanel.module.css';
import type { Chart } from './chartData.ts';
import { plotData, plotOptions, readInk } from './plot.ts';

interface PlotProps {
  readonly playback: Playback;
  readonly chart: Chart;
  /** End of the run in seconds. */
  readonly end: number;
  readonly label: string;
}

/** One chart. Pressed or dragged, it takes the playhead there. */
export function Plot({ playback, chart, end, label }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [width, setWidth] = useState(0);
  const theme = useTheme();
  const shape = `${chart.key}:${chart.lines.map(({ id }) => id).join(',')}`;
  const latest = useRef(chart);
  latest.current = chart;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // A new plot for another theme, width or set of lines; its data are put in below.
  useEffect(() => {
    const element = box.current;
    if (!element || width === 0 || theme === '' || shape === '') return;
    const now = () => playback.snapshot().time / 1_000_000;
    const made = new uPlot(plotOptions(latest.current, readInk(element), width, end, now), plotData(latest.current), element);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [playback, width, end, theme, shape]);

  useEffect(() => plot.current?.setData(plotData(chart)), [chart]);

  const time = usePlayback(playback, (snapshot) => snapshot.time);
  useEffect(() => {
    if (time >= 0) plot.current?.redraw(false);
  }, [time]);

  const scrub = (event: PointerEvent<HTMLDivElement>) => {
    const over = plot.current?.over.getBoundingClientRect();
    if (!over || over.width === 0) return;
    const share = Math.min(1, Math.max(0, (event.clientX - over.left) / over.width));
    playback.send({ type: 'SCRUB', time: micros(share * end * 1_000_000) });
  };
  const finish = () => {
    if (playback.snapshot().state === 'scrubbing') playback.send({ type: 'SCRUB_END' });
  };
  return (
    <div
      ref={box}
      className={styles.plot}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        scrub(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && scrub(event)}
      onPointerUp={finish}
      onPointerCancel={finish}
    />
  );
}

/** The theme in force, also when the system changes it. */
function useTheme(): string {
  useUi((ui) => ui.theme);
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(themeNow()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}

function themeNow(): string {
  return document.documentElement.dataset['theme'] ?? 'light';
}
