import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { LabServer } from './lab-server.ts';
import { Projector } from './pages/projector.ts';
import { Student } from './pages/student.ts';
import { Teacher } from './pages/teacher.ts';
import type { Chair } from './pages/teacher.ts';
import { words } from './pages/words.ts';
import type { Language } from './pages/words.ts';
import { Wire } from './wire.ts';

const DEVICES = {
  laptop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const satisfies Record<string, BrowserContextOptions>;

interface Way {
  readonly device?: keyof typeof DEVICES;
  readonly language?: Language;
}

/** A class: the server, the instructor, and everybody who came, each with a browser of their own. */
export class Lesson {
  readonly server: LabServer;
  /** What the pages have said to the console, and errors that nobody caught. */
  readonly complaints: string[] = [];
  /** Addresses outside the lab that a page has asked for. */
  readonly strayed: string[] = [];
  /** Where its browsers find the lab. */
  url: string;
  readonly #browser: Browser;
  readonly #pages = new Map<Page, Wire>();
  #room: { readonly teacher: Teacher; readonly code: string } | null = null;

  constructor(browser: Browser, server: LabServer) {
    this.#browser = browser;
    this.server = server;
    this.url = server.url;
  }

  get teacher(): Teacher {
    return this.#opened.teacher;
  }

  /** The code on the wall. */
  get code(): string {
    return this.#opened.code;
  }

  get #opened() {
    if (!this.#room) throw new Error('The lesson has not been opened');
    return this.#room;
  }

  /** Everything that a page has been told. */
  wire(page: Page): Wire {
    return this.#pages.get(page)!;
  }

  /** The instructor comes in by the server's link, and opens a classroom. */
  async open({ onList, ...way }: Way & { onList?: (page: Page) => Promise<void> } = {}): Promise<Teacher> {
    const teacher = new Teacher(await this.#browserFor(way), words(way.language ?? 'en'));
    await teacher.begin(this.server.instructorUrl!.replace(this.server.url, this.url));
    await onList?.(teacher.page);
    this.#room = { teacher, code: await teacher.openClassroom() };
    return teacher;
  }

  /** The instructor's page is gone, and they come back by the list of their classrooms. */
  async reopen(): Promise<Teacher> {
    const { page, say } = this.teacher;
    const { code } = this;
    await page.close();
    const teacher = new Teacher(this.#watched(await page.context().newPage()), say);
    await teacher.page.goto(`${this.url}/teach`);
    this.#room = { teacher, code };
    await teacher.enterClassroom(code);
    return teacher;
  }

  /** The projector's page, in a second window of the instructor's browser. */
  async openScreen(): Promise<Projector> {
    const { page, say } = this.teacher;
    const sheet = await this.teacher.openScreenSheet();
    const opened = page.waitForEvent('popup');
    await sheet.getByRole('button', { name: say('screen_open') }).click();
    const screen = this.#watched(await opened);
    await this.teacher.putAway(sheet);
    return new Projector(screen, say);
  }

  /** Somebody takes out a device and joins with the code. */
  async join(name: string, way: Way = {}): Promise<Student> {
    const student = await this.visitor(name, way);
    await student.joinByCode(this.url, this.code);
    await this.teacher.expectHere(name);
    return student;
  }

  /** Somebody with a device, who has not joined anything. */
  async visitor(name: string, way: Way = {}): Promise<Student> {
    return new Student(name, await this.#browserFor(way), words(way.language ?? 'en'));
  }

  /** Draws up a round of one table, puts these people on its chairs, and starts it. */
  async begin(scenario: string, people: Readonly<Partial<Record<Chair, Student>>>): Promise<void> {
    const chairs = Object.entries(people) as [Chair, Student][];
    await this.teacher.planRound(scenario, 'triples');
    for (const [seat, { name }] of chairs) await this.teacher.seat(name, seat);
    for (const [seat, student] of chairs) await student.expectSeatIs(seat);
    await this.teacher.start();
  }

  async close(): Promise<void> {
    for (const page of this.#pages.keys()) await page.context().close();
  }

  async #browserFor({ device = 'laptop', language = 'en' }: Way): Promise<Page> {
    const locale = language === 'en' ? 'en-US' : language;
    const context = await this.#browser.newContext({ ...DEVICES[device], locale });
    return this.#watched(await context.newPage());
  }

  #watched(page: Page): Page {
    this.#pages.set(page, new Wire(page));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol !== 'data:' && host !== new URL(this.url).host) this.strayed.push(request.url());
    });
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    return page;
  }
}
