import { toString as qrCode } from 'qrcode';

const BLACK_ON_WHITE = '\u001b[30;107m';
const RESET = '\u001b[0m';

/** With its own colours, so that it scans on dark terminals too. */
export async function terminalQrCode(text: string): Promise<string> {
  const code = await qrCode(text, { type: 'utf8', margin: 2 });
  return code
    .split('\n')
    .map((line) => `  ${BLACK_ON_WHITE}${line}${RESET}`)
    .join('\n');
}
