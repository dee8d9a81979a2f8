import { expect, test, type Page } from '@playwright/test';
import { serveForTests } from './fixtures.ts';

/** On the example, whose runs are real training. */
const etalon = serveForTests();

async function open(page: Page): Promise<void> {
  await page.goto(etalon.url);
  await page.keyboard.press('4');
  await expect(page.locator('.summary')).toBeVisible({ timeout: 50_000 });
}
const plot = (page: Page) => page.getByRole('application', { name: /Relaxation times against/ });

test('the law stands on top as a sentence, with every run below it', async ({ page }) => {
  await open(page);
  await expect(page.locator('.summary')).toContainText(/α = [\d.]+ \[[\d.]+, [\d.]+\]/);
  const rows = page.getByRole('region', { name: 'Points' }).locator('tbody tr');
  expect(await rows.count()).toBeGreaterThanOrEqual(12);
  await expect(page.getByRole('img', { name: 'Residuals of ln T against the law' })).toBeVisible();
});

test('arrows walk the points in the order of λₑ and Enter opens the equilibrium of one', async ({ page }) => {
  await open(page);
  await plot(page).focus();
  const spoken = page.locator('main p[aria-live]');
  const intrinsicLrs: number[] = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('ArrowRight');
    const [, value] = /λₑ = ([\d.]+)/.exec((await spoken.textContent()) ?? '') ?? [];
    intrinsicLrs.push(Number(value));
  }
  expect(intrinsicLrs).toEqual([...intrinsicLrs].sort((a, b) => a - b));
  const name = /^(.*): λₑ/.exec((await spoken.textContent())!)![1]!;
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
});

test('points are exported with every run of the table', async ({ page }) => {
  await open(page);
  const rows = await page.getByRole('region', { name: 'Points' }).locator('tbody tr').count();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Points as CSV' }).click()]);
  const stream = await file.createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text.split('\n').filter((line) => line.startsWith('run,'))).toHaveLength(rows);
});

test('while a sweep trains, its ended runs enter the law by themselves', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(etalon.url);
  await page.keyboard.press('5');
  await page.getByRole('button', { name: 'New sweep' }).click();
  await page.getByRole('textbox', { name: 'Levels of λₑ' }).fill('0.01, 0.02, 0.03');
  await page.getByRole('textbox', { name: 'Seeds' }).fill('0');
  await page.getByRole('textbox', { name: 'Name' }).fill('live');
  await page.getByRole('button', { name: 'Train 6 runs' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'live' })).toBeVisible();
  await page.keyboard.press('4');
  await page.getByRole('combobox', { name: 'Runs of' }).selectOption({ label: 'live, 6 runs' });
  await expect(page.locator('.summary')).toContainText('from 6 runs in 6 cells at 3 levels', { timeout: 60_000 });
  await expect(page.getByText(/still training or waiting/)).toHaveCount(0);
});
