// Going in and out as somebody of the demo.
import { totp } from './totp.mjs';

const DOORS = { patient: '/sign-in', team: '/team/sign-in' };

/** Signs in at the account's own door and waits for its first page. */
export async function signIn(page, account) {
  await page.goto(DOORS[account.door]);
  await page.locator('#sign-in-name').fill(account.sign_in);
  await page.locator('#password').fill(account.password);
  await page.locator('main form button.primary').click();
  if (account.totp_secret) {
    await page.locator('#code').fill(totp(account.totp_secret));
    await page.locator('main form button.primary').click();
  }
  await page.waitForURL(account.door === 'patient' ? /\/p\/[^/]+\/$/ : /\/(team|study|admin\/teams|admin\/audit)$/);
}
