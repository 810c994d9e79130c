// A person in a real browser: sends a file on the page that a tool's answer named, and looks at the gallery.
// Usage: node browser.mjs upload <page> <file>   |   node browser.mjs gallery <page> <count>
import { chromium } from 'playwright-core';

const [what, url, arg] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'] });
const page = await browser.newPage();
const complaints = [];
page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
page.on('pageerror', (error) => complaints.push(String(error)));
await page.goto(url);
if (what === 'upload') {
  await page.setInputFiles('input', arg);
  await page.getByText('Tell your assistant').waitFor({ timeout: 20_000 });
  console.log(await page.locator('p').innerText());
} else {
  const videos = page.locator('video');
  if ((await videos.count()) !== Number(arg)) complaints.push(`${await videos.count()} videos, not ${arg}`);
  for (const video of await videos.all()) {
    const size = await video.evaluate((element) => new Promise((resolve, reject) => {
      element.onloadeddata = () => resolve(`${element.videoWidth}x${element.videoHeight}`);
      element.onerror = () => reject(new Error(element.error.message));
      element.preload = 'auto';
      element.load();
    }));
    console.log(size);
  }
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT, fullPage: true });
}
await browser.close();
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length ? 1 : 0);
