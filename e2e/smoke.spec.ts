import { expect, test } from './fixtures.ts';
import { startLabServer } from './lab-server.ts';

test('the lab opens by itself: no errors, nothing from anywhere else', async ({ page, server }) => {
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.host !== new URL(server.url).host) foreign.push(request.url());
  });

  await page.goto(server.url);
  await expect(page).toHaveTitle(/Handshake Lab/);
  await expect(page.getByRole('main')).toBeVisible();
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

test('the sources open as well, as npm run dev serves them', async ({ page }) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  const server = await startLabServer({ sources: true });
  try {
    await page.goto(server.url);
    await expect(page).toHaveTitle(/Handshake Lab/);
    await expect(page.getByRole('main')).toBeVisible();
    expect(complaints).toEqual([]);
    expect(await server.stop()).toBe(0);
  } finally {
    await server.dispose();
  }
});

test('under a base path every address of the page stays below it', async ({ page }) => {
  const server = await startLabServer({ env: { BASE_PATH: '/lab' } });
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/lab/')) outside.push(request.url());
  });
  try {
    await page.goto(`${server.url}/`);
    await expect(page.getByRole('main')).toBeVisible();
    expect(outside).toEqual([]);
  } finally {
    await server.dispose();
  }
});

test('the lab speaks Chinese to a browser that does', async ({ browser, server }) => {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('main')).toContainText(/\p{Script=Han}/u);
  await context.close();
});

test('a server that is asked to stop has stopped with status 0', async ({ server }) => {
  expect(await server.stop()).toBe(0);
});

test('a port that is taken is one clear line', async ({ server }) => {
  const second = startLabServer({ port: server.port });
  await expect(second).rejects.toThrow(
    `status 1 before it listened:\nPort ${server.port} is taken by another program.`,
  );
});
