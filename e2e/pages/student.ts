import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { Debrief } from './debrief.ts';
import { Endpoint } from './endpoint.ts';
import { LinkSeat } from './link-seat.ts';
import type { Say } from './words.ts';

/** Somebody with a browser of their own, who joins a class and sits where they are told. */
export class Student {
  readonly name: string;
  readonly page: Page;
  readonly say: Say;
  /** The client's or the server's end, if that is their seat. */
  readonly endpoint: Endpoint;
  readonly link: LinkSeat;
  readonly debrief: Debrief;

  constructor(name: string, page: Page, say: Say) {
    this.name = name;
    this.page = page;
    this.say = say;
    this.endpoint = new Endpoint(page, say);
    this.link = new LinkSeat(page, say);
    this.debrief = new Debrief(page, say);
  }

  /** Says that the lab cannot be reached: the seat is kept. */
  get disconnected(): Locator {
    return this.page.getByText(this.say('net_offline'));
  }

  /** From the first page, with the code from the wall. */
  async joinByCode(url: string, code: string): Promise<void> {
    await this.page.goto(url);
    await this.page.getByRole('textbox', { name: this.say('home_code') }).fill(code);
    await this.page.getByRole('button', { name: this.say('home_join') }).click();
    await this.page.getByRole('textbox', { name: this.say('join_name') }).fill(this.name);
    await this.page.getByRole('button', { name: this.say('join_go') }).click();
    await expect(this.page.getByRole('heading', { name: this.say('lobby_title', { code }) })).toBeVisible();
  }

  /** The lobby says where they will sit. */
  async expectSeatIs(seat: 'client' | 'server' | 'link' | 'referee'): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.say(`seat_you_${seat}`) })).toBeVisible();
  }
}
