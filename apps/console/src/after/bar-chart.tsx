import { type ReactNode, useEffect, useRef, useState } from 'react';
import { usePreferences } from '../state/preferences.js';
import type { ChartOption, DrawnChart } from './charting.js';

interface Bars {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The design token of its colour. */
  readonly token: string;
}

interface BarChartProps {
  readonly label: string;
  readonly categories: readonly string[];
  readonly series: readonly Bars[];
  /** Across for long names, upright for few short ones. */
  readonly across: boolean;
  /** A limit drawn through the bars. */
  readonly limit?: { readonly value: number; readonly label: string } | undefined;
  format(value: number): string;
}

/** Rows of bars across, in pixels each. */
const ROW = 34;

/**
 * Bars that are told apart by pattern as well as colour. A picture only: what it shows stands in a table beside it,
 * for those who cannot see it or want the figures.
 */
export function BarChart(props: BarChartProps): ReactNode {
  const { theme } = usePreferences();
  const container = useRef<HTMLDivElement | null>(null);
  const [chart, setChart] = useState<DrawnChart | null>(null);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let drawn: DrawnChart | undefined;
    let stopped = false;
    const observer = new ResizeObserver(() => drawn?.resize());
    void import('./charting.js').then(({ drawChart }) => {
      if (stopped) return;
      drawn = drawChart(element);
      observer.observe(element);
      setChart(drawn);
    });
    return () => {
      stopped = true;
      observer.disconnect();
      drawn?.remove();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is where the colours come from
  useEffect(() => {
    chart?.resize();
    chart?.show(optionOf(props));
  }, [chart, props, theme]);

  const height = props.across ? Math.max(160, 70 + ROW * props.categories.length * 1.2) : 300;
  return <div ref={container} className="chart" role="img" aria-label={props.label} style={{ height }} />;
}

function optionOf({ categories, series, across, limit, format }: BarChartProps): ChartOption {
  const token = (name: string): string =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const text = { color: token('--text'), fontSize: 12, fontFamily: token('--font') };
  const line = { lineStyle: { color: token('--line-strong') } };
  const values = {
    type: 'value' as const,
    axisLabel: { ...text, color: token('--muted'), formatter: format },
    splitLine: { lineStyle: { color: token('--line') } },
  };
  const names = {
    type: 'category' as const,
    data: [...categories],
    inverse: across,
    axisLabel: { ...text, ...(across ? { width: 170, overflow: 'truncate' as const } : {}) },
    axisLine: line,
    axisTick: { show: false },
  };
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: false }, decal: { show: series.length > 1 } },
    grid: { left: 8, right: 28, top: series.length > 1 || limit ? 36 : 12, bottom: 8, containLabel: true },
    legend: series.length > 1 ? { top: 0, left: 0, textStyle: text, itemHeight: 12 } : { show: false },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      backgroundColor: token('--raised'),
      borderColor: token('--line-strong'),
      textStyle: text,
      valueFormatter: (value) => (typeof value === 'number' ? format(value) : '–'),
    },
    xAxis: across ? values : names,
    yAxis: across ? names : values,
    series: series.map((bars, index) => ({
      type: 'bar',
      name: bars.name,
      data: bars.values.map((value) => value ?? '-'),
      barMaxWidth: 22,
      itemStyle: { color: token(bars.token), borderColor: token('--text'), borderWidth: 0.5 },
      ...(limit && index === 0
        ? {
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: token('--warning'), width: 2, type: 'dashed' as const },
              label: { ...text, formatter: limit.label, position: 'insideEndTop' as const },
              data: [across ? { xAxis: limit.value } : { yAxis: limit.value }],
            },
          }
        : {}),
    })),
  };
}
