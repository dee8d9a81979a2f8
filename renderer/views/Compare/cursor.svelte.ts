/** The cursor that all plots of the comparison share: a place on the x axis and the run that is pointed at. */
export class Cursor {
  x = $state<number | null>(null);
  /** Metric of the plot under the pointer or with the focus; its read-out is the full one. */
  metric = $state('');
  runId = $state('');

  clear(): void {
    this.x = null;
    this.metric = '';
    this.runId = '';
  }
}
