import uPlot from 'uplot';
import type { Chart } from './chartData.ts';

/** Colours of the present theme, read from the token sheet: a canvas knows no custom properties. */
export interface Ink {
  readonly text: string;
  readonly grid: string;
  readonly playhead: string;
  readonly veil: string;
  readonly lines: readonly string[];
  readonly font: string;
}

export function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token('--soft'),
    grid: token('--grid'),
    playhead: token('--ink'),
    veil: token('--panel'),
    lines: [1, 2, 3, 4, 5, 6, 7].map((n) => token(`--m${n}`)),
    font: `11px ${token('--font')}`,
  };
}

export const PLOT_HEIGHT = 132;
/** What is known to come is seen through this veil. */
const VEIL_ALPHA = 0.62;
/** Lines differ in dashes, too, for those who can't tell the colours. */
const DASHES: readonly number[][] = [[], [6, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]];

/** 1, 2, 5, 10 … */
const WHOLE_STEPS = Array.from({ length: 24 }, (_, i) => ([1, 2, 5][i % 3] as number) * 10 ** Math.floor(i / 3));

/** Options of one chart. `now` tells where the playhead is; the chart is painted again when it moves. */
export function plotOptions(chart: Chart, ink: Ink, width: number, end: number, now: () => number): uPlot.Options {
  const axis = { stroke: ink.text, font: ink.font, grid: { stroke: ink.grid, width: 1 }, ticks: { show: false } };
  return {
    width,
    height: PLOT_HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
    padding: [8, 14, 0, 0],
    scales: {
      x: { time: false, range: [0, Math.max(0.001, end)] },
      y: { range: (_, _min, max) => [0, Math.max(1, (max ?? 0) * 1.08)] },
    },
    axes: [
      { ...axis, size: 24, gap: 4, space: 44, values: (_, splits) => splits.map((second) => `${Number(second.toFixed(2))}s`) },
      {
        ...axis,
        ...(chart.isWhole ? { incrs: WHOLE_STEPS } : {}),
        size: 34,
        gap: 4,
        space: 28,
        values: (_, splits) => splits.map((value) => String(Number(value.toFixed(2)))),
      },
    ],
    series: [
      {},
      ...chart.lines.map(({ colour }, index): uPlot.Series => {
        const stroke = ink.lines[colour - 1] ?? ink.text;
        const paths = chart.look === 'steps' ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
        return {
          stroke,
          width: 1.5,
          dash: DASHES[index % DASHES.length] ?? [],
          points: { show: chart.look === 'points', size: 5, fill: stroke },
          spanGaps: chart.look === 'points',
          ...(paths ? { paths } : {}),
        };
      }),
    ],
    hooks: { draw: [(plot) => drawPlayhead(plot, ink, now())] },
  };
}

/** The vertical line at the playhead, and the veil over what lies ahead of it. */
function drawPlayhead(plot: uPlot, ink: Ink, seconds: number): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(seconds, 'x', true));
  ctx.save();
  ctx.fillStyle = ink.veil;
  ctx.globalAlpha = VEIL_ALPHA;
  ctx.fillRect(x, bbox.top, bbox.left + bbox.width - x, bbox.height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink.playhead;
  ctx.fillRect(x - 0.5 * devicePixelRatio, bbox.top, Math.max(1, devicePixelRatio), bbox.height);
  ctx.restore();
}

export function plotData(chart: Chart): uPlot.AlignedData {
  return [chart.times, ...chart.lines.map(({ values }) => values)];
}
