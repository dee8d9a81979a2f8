import { expect, test } from '@playwright/test';
import { serveForTests } from './fixtures.ts';
import { series } from './runsWorkspace.ts';

/** What a host that was killed leaves behind: one run was training, one waited. */
const config = { steps: 60, evaluateEvery: 0 };
const gamma = { 'si/gamma': series(20, (step) => 1000 - step) };
const etalon = serveForTests([
  { name: 'was training', config, series: gamma, state: 'running' },
  { name: 'was waiting', config, series: {}, state: 'queued' },
  { name: 'had ended', config, series: gamma },
]);

test('runs that a killed Etalon left are offered for resuming, and the offer goes once they go on', async ({ page }) => {
  await page.goto(etalon.url);
  const offer = page.getByText('2 runs were interrupted when Etalon last ended');
  await expect(offer).toBeVisible();
  await expect(page.getByText('paused')).toHaveCount(2);
  await page.getByRole('button', { name: 'Resume 2 runs' }).click();
  await expect(offer).toBeHidden();
  await expect(page.getByText('finished')).toHaveCount(3, { timeout: 30_000 });
  await page.reload();
  await expect(page.getByText('3 runs')).toBeVisible();
  await expect(page.getByText('interrupted when Etalon last ended')).toHaveCount(0);
});
