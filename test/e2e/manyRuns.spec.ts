import { expect, test } from '@playwright/test';
import { serveForTests } from './fixtures.ts';

const etalon = serveForTests(
  Array.from({ length: 10_000 }, (_, i) => ({
    name: `run ${i}`,
    config: { lr: 10 ** (-3 + (3 * i) / 10_000), wd: 0.001 },
    series: {},
  })),
);

test('of ten thousand runs only those in sight are in the page, and each can be reached', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(etalon.url);
  const grid = page.getByRole('grid', { name: 'Runs' });
  await expect(grid).toHaveAttribute('aria-rowcount', '10001', { timeout: 60_000 });
  expect(await grid.getByRole('row').count()).toBeLessThan(100);
  await grid.focus();
  await page.keyboard.press('Home');
  await expect(grid.getByText('run 9999', { exact: true })).toBeInViewport();
  await page.keyboard.press('End');
  await expect(grid.getByText('run 0', { exact: true })).toBeInViewport();
  expect(await grid.getByRole('row').count()).toBeLessThan(100);
  await page.keyboard.press('/');
  await page.keyboard.type('run 4321');
  await expect(page.getByText('1 of 10\u202f000 runs')).toBeVisible();
  await expect(grid.getByText('run 4321', { exact: true })).toBeInViewport();
});
