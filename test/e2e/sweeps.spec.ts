import { expect, test, type Page } from '@playwright/test';
import { serveForTests } from './fixtures.ts';

const etalon = serveForTests([]);

async function open(page: Page): Promise<void> {
  await page.goto(etalon.url);
  await page.keyboard.press('5');
  await expect(page.getByRole('heading', { level: 1, name: 'Sweeps' })).toBeVisible();
  await page.evaluate(() => (location.hash = '/sweeps?sweep=new'));
  await expect(levels(page)).toBeVisible();
}

const levels = (page: Page) => page.getByRole('textbox', { name: 'Levels of λₑ' });
const learningRates = (page: Page) => page.getByRole('textbox', { name: 'Learning rates η' });
const plane = (page: Page) => page.getByRole('listbox', { name: 'Cells of the sweep' });
const train = (page: Page) => page.getByRole('button', { name: /^Train( |$)/ });

test('a new sweep states its cost before it starts', async ({ page }) => {
  await open(page);
  await expect(train(page)).toHaveText('Train 24 runs');
  const cost = page.locator('footer dl');
  // Six levels, two pairs, two seeds; 3/λₑ steps, at least 200.
  const steps = [1e-3, 2e-3, 4e-3, 8e-3, 16e-3, 32e-3].reduce((sum, level) => sum + 4 * Math.max(200, Math.ceil(3 / level)), 0);
  await expect(cost).toContainText(String(steps).replace(/\B(?=(\d{3})+$)/g, '\u202f'));
  await expect(cost).toContainText(/Time here\s*[\d.]+\u202f(ms|s|min|h)/, { timeout: 30_000 });
  await expect(cost).toContainText(/Disk\s*[\d.]+\u202f[kMG]B/);
});

test('a wrong field is named while it is typed, and what was typed survives a reload', async ({ page }) => {
  await open(page);
  await learningRates(page).fill('0.1, -3');
  const field = page.locator('.field', { has: learningRates(page) });
  await expect(field).toContainText('must be a finite number > 0; got -3');
  await expect(learningRates(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(train(page)).toBeDisabled();
  await page.reload();
  await expect(learningRates(page)).toHaveValue('0.1, -3');
  await learningRates(page).fill('0.1, 0.3');
  await expect(train(page)).toHaveText('Train 24 runs');
});

test('a sweep of a million runs is refused with the limit', async ({ page }) => {
  await open(page);
  await page.getByRole('textbox', { name: 'Seeds' }).fill('0-9999');
  await expect(page.getByText('must make at most 10000 runs; got 120000 runs')).toBeVisible();
  await expect(train(page)).toBeDisabled();
});

test('handles on the plane are moved and taken away with the keyboard', async ({ page }) => {
  await open(page);
  const handle = page.getByRole('slider', { name: 'Learning rate', exact: true }).last();
  await expect(handle).toHaveAttribute('aria-valuetext', '0.3');
  await handle.press('ArrowRight');
  await expect(learningRates(page)).toHaveValue('0.1, 0.5');
  await page.getByRole('slider', { name: 'Level of intrinsic learning rate' }).first().press('Delete');
  await expect(levels(page)).toHaveValue('0.002, 0.004, 0.008, 0.016, 0.032');
  await expect(train(page)).toHaveText('Train 20 runs');
});

test('dragging a handle changes its value', async ({ page }) => {
  await open(page);
  const handle = page.getByRole('slider', { name: 'Learning rate', exact: true }).first();
  const box = (await handle.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 120, y, { steps: 5 });
  await page.mouse.up();
  const [first] = (await learningRates(page).inputValue()).split(', ').map(Number);
  expect(first).toBeLessThan(0.1);
});

test('cells are added and taken away by a click on the plane', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Single cells' }).check();
  await expect(train(page)).toBeDisabled();
  const box = (await plane(page).boundingBox())!;
  const at = { x: box.width * 0.5, y: box.height * 0.4 };
  await plane(page).click({ position: at });
  await plane(page).click({ position: { x: box.width * 0.7, y: box.height * 0.6 } });
  await expect(train(page)).toHaveText('Train 4 runs');
  await plane(page).press('Home');
  await plane(page).press(' ');
  await expect(train(page)).toHaveText('Train 2 runs');
});

test('a single run is trained from here and shown among the runs', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Single run' }).check();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('alone');
  await page.getByRole('textbox', { name: 'Weight decay λ' }).fill('30');
  await expect(page.getByText(/times lr must be < 1/)).toBeVisible();
  await expect(train(page)).toBeDisabled();
  await page.getByRole('textbox', { name: 'Weight decay λ' }).fill('0.1');
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill('40');
  await page.locator('summary', { hasText: 'Data' }).click();
  await page.getByRole('combobox', { name: 'Dataset' }).selectOption('gaussian-mixture');
  await page.getByRole('textbox', { name: 'Training points' }).fill('500');
  await train(page).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await expect(page.getByText('alone').first()).toBeVisible();
});

test('a sweep is trained, followed and paused from here', async ({ page }) => {
  test.slow();
  await open(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Small <b>mixture</b>');
  await levels(page).fill('0.01, 0.02');
  await learningRates(page).fill('0.1');
  await page.getByRole('combobox', { name: 'Steps', exact: true }).selectOption('fixed');
  await page.getByRole('textbox', { name: 'Steps of each run' }).fill('600');
  await page.locator('summary', { hasText: 'Data' }).click();
  await page.getByRole('combobox', { name: 'Dataset' }).selectOption('gaussian-mixture');
  await page.getByRole('textbox', { name: 'Training points' }).fill('2000');
  await expect(train(page)).toHaveText('Train 4 runs');
  await train(page).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Small <b>mixture</b>' })).toBeVisible();
  // Rows have such buttons too, for one run each.
  const tools = page.getByRole('group', { name: 'Sweep', exact: true });
  await tools.getByRole('button', { name: 'Pause' }).click();
  await tools.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('4 of 4 runs done')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: 'γ of 4 runs' })).toBeVisible();
  const runs = page.getByRole('listbox', { name: 'Runs of Small <b>mixture</b>' });
  await runs.press('Home');
  await expect(runs.getByRole('option')).toContainText('learning rate 0.1');
  await runs.press('d');
  await expect(page.getByText('2 selected on the plane')).toBeVisible();
});
