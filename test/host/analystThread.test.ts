import { expect, onTestFinished, test } from 'vitest';
import { createAnalystThread } from '../../main/host/analystThread.ts';
import { simulateRun } from '../unit/equilibrium/simulateRun.ts';

function startAnalyst() {
  const analyst = createAnalystThread();
  onTestFinished(() => analyst.close());
  return analyst;
}

const given = () => {
  const { series, optimizer } = simulateRun({ seed: 1, lr: 0.1, wd: 0.1, steps: 400, ratio: 50 });
  return { series, optimizer, intrinsicLr: 0.01, diverged: false };
};

test('the analyst answers each question, in any number at a time', async () => {
  const analyst = startAnalyst();
  const [first, second] = await Promise.all([
    analyst.ask('analyse', given()),
    analyst.ask('predict', { ...given(), relaxation: null, maxPoints: 10 }),
  ]);
  expect(first.verdict).toBe('reached');
  expect(second.steps).toBeInstanceOf(Float64Array);
});

test('the analyst passes on errors with their code and goes on', async () => {
  const analyst = startAnalyst();
  const asked = analyst.ask('predict', { ...given(), series: {}, relaxation: null, maxPoints: 10 });
  await expect(asked).rejects.toMatchObject({ code: 'too-few-data' });
  expect((await analyst.ask('analyse', given())).verdict).toBe('reached');
});

test('closing refuses open questions; the next one starts a new thread', async () => {
  const analyst = startAnalyst();
  const asked = expect(analyst.ask('analyse', given())).rejects.toMatchObject({ code: 'cancelled' });
  await analyst.close();
  await asked;
  expect((await analyst.ask('analyse', given())).verdict).toBe('reached');
});
