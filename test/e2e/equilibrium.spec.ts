import { expect, test, type Page } from '@playwright/test';
import { serveForTests } from './fixtures.ts';
import { series } from './runsWorkspace.ts';

const lr = 0.1;
const wd = 0.05;
const level = 1000;

/**
 * gamma relaxes exactly as theory says, from 100 times its equilibrium, with noise that keeps the fit honest; a second
 * run has no gamma at all.
 */
const noise = (step: number) => 1 + 0.01 * Math.sin(step * 12.9898) * Math.cos(step * 78.233);
const gamma = (step: number) => level * (1 + 99 * Math.exp(-4 * lr * wd * step)) * noise(step);
const norm2 = (step: number) => lr * Math.sqrt(gamma(step));
const etalon = serveForTests([
  { name: 'no gamma', config: { lr: 0.01, wd: 0.01, steps: 100 }, series: { 'train/loss': series(100, () => 1) } },
  {
    name: 'relaxes',
    config: { lr, wd, steps: 1000 },
    series: {
      'si/gamma': series(1000, gamma),
      'si/norm2': series(1000, norm2),
      'si/grad2': series(1000, (step) => (2 * wd * norm2(step)) / lr),
      'si/eff_lr': series(1000, (step) => lr / norm2(step)),
      lr: series(1000, () => lr),
      wd: series(1000, () => wd),
      intrinsic_lr: series(1000, () => lr * wd),
    },
  },
]);

async function open(page: Page): Promise<void> {
  await page.goto(etalon.url);
  await page.keyboard.press('3');
  await expect(page.getByRole('navigation', { name: 'Runs' })).toBeVisible();
}

test('the measured relaxation time is the one that was put in, beside the predicted', async ({ page }) => {
  await open(page);
  await expect(page.getByText('Equilibrium reached.')).toBeVisible({ timeout: 30_000 });
  const block = page.locator('aside dl', { hasText: 'Relaxation time in steps' });
  const measured = Number(/measured\s*([\d.]+)/.exec((await block.textContent())!)![1]);
  expect(measured).toBeGreaterThan(0.97 / (4 * lr * wd));
  expect(measured).toBeLessThan(1.03 / (4 * lr * wd));
  await expect(block).toContainText(/1\/\(4λe?ₑ?\)\s*50/);
});

test('arrows read out measured and predicted values', async ({ page }) => {
  await open(page);
  const plot = page.getByRole('application', { name: /Course of γ/ });
  await plot.press('Home');
  const spoken = page.locator('main p[aria-live]');
  await expect(spoken).toContainText(/^Step 0: measured 100.000?, predicted/);
  await plot.press('ArrowRight');
  await expect(spoken).toContainText('Step 1:');
});

test('a run without γ says so instead of a number', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /no gamma/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'no gamma' })).toBeVisible();
  await expect(
    page
      .locator('main')
      .getByText(/si\/gamma|γ/)
      .first(),
  ).toBeVisible();
  await expect(page.getByText('Equilibrium reached.')).toHaveCount(0);
});

test('the filter narrows the list of runs', async ({ page }) => {
  await open(page);
  const list = page.getByRole('navigation', { name: 'Runs' }).getByRole('listitem');
  await expect(list).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Filter the runs by name' }).fill('RELAX');
  await expect(list).toHaveCount(1);
});
