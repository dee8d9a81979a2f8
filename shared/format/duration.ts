import { missingText, thinSpace } from './richText.ts';

const amount = (value: number, unit: string): string => `${value}${thinSpace}${unit}`;

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? amount(large, largeUnit) : `${amount(large, largeUnit)} ${amount(small, smallUnit)}`;

/** A time in seconds as people say it: 350 ms, 12 s, 6 min, 1 h 20 min, 3 d 4 h; null is an en dash. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !(seconds >= 0 && seconds < Infinity)) return missingText;
  if (seconds === 0) return amount(0, 's');
  if (seconds < 0.9995) return amount(Math.max(1, Math.round(seconds * 1000)), 'ms');
  if (seconds < 9.95) return amount(Number(seconds.toFixed(1)), 's');
  const whole = Math.round(seconds);
  if (whole < 60) return amount(whole, 's');
  if (whole < 600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return amount(minutes, 'min');
  const hours = Math.round(seconds / 3600);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
