/** Long work other than training: analysis of many runs, backup, integrity check, device probe. */
export interface Task {
  readonly id: string;
  readonly label: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number;
  readonly etaS: number | null;
  readonly message: string | null;
  readonly startedAt: number;
}
