import { existsSync } from 'node:fs';
import { startHost } from '../../../main/host/connection.ts';
import { forkLauncher } from '../../../main/training/forkLauncher.ts';
import type { TrainingConfig } from '../../../shared/model/trainingConfig.ts';

// A whole front with its host, to be killed: trains the run of the file, or goes on with it. Says as JSON lines which
// training processes it started, which step is on disk, and when the run is done.
const [file, dataFolder, config] = process.argv.slice(2) as [string, string, string];
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

const host = await startHost({
  dataFolder,
  front: 'cli',
  launcher: {
    launch() {
      const trainer = forkLauncher.launch();
      say({ trainer: trainer.pid });
      return trainer;
    },
  },
});
const client = host.client();
client.subscribe('series.appended', ({ lastStep }) => say({ lastStep }));
const fresh = !existsSync(file);
await client.call(fresh ? 'workspace.create' : 'workspace.open', { path: file });
const [run] = await client.call('runs.list', { deleted: false });
const runId =
  run?.id ??
  (
    await client.call('training.start', {
      name: 'run',
      config: JSON.parse(config) as TrainingConfig,
      device: 'wasm',
      priority: 0,
    })
  ).runId;
say({ state: run?.state ?? 'new' });
if (run?.state === 'paused') await client.call('training.resume', { runIds: [runId] });
for (;;) {
  const { state } = await client.call('runs.get', { runId });
  if (state !== 'queued' && state !== 'running') break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
say({ state: 'done' });
await host.close();
