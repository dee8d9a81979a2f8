import ChartLine from '@lucide/svelte/icons/chart-line';
import Table from '@lucide/svelte/icons/table-2';
import Compare from './Compare/Compare.svelte';
import Runs from './Runs/Runs.svelte';
import type { View } from './view.ts';

/** Every view of the workbench, in the order of the side bar. Keys are the digits 1, 2, ... */
export const views: readonly View[] = [
  { key: 'runs', label: 'Runs', icon: Table, component: Runs, group: 'work', inspector: true, keys: '1', needsWorkspace: true },
  {
    key: 'compare',
    label: 'Compare',
    icon: ChartLine,
    component: Compare,
    group: 'work',
    inspector: true,
    keys: '2',
    needsWorkspace: true,
  },
];
