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

  /** From the first page, with the code from the wall, into the lobby. */
  async joinByCode(url: string, code: string): Promise<void> {
    await this.askToJoin(url, code);
    await expect(this.page.getByRole('heading', { name: this.say('lobby_title', { code }) })).toBeVisible();
  }

  /** From the first page, with the code from the wall, to wherever the class is. */
  async askToJoin(url: string, code: string, name = this.name): Promise<void> {
    await this.page.goto(url);
    await this.page.getByRole('textbox', { name: this.say('home_code') }).fill(code);
    await this.page.getByRole('button', { name: this.say('home_join') }).click();
    await this.page.getByRole('textbox', { name: this.say('join_name') }).fill(name);
    await this.page.getByRole('button', { name: this.say('join_go') }).click();
  }

  /** The lobby says where they will sit. */
  async expectSeatIs(seat: 'client' | 'server' | 'link' | 'referee'): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.say(`seat_you_${seat}`) })).toBeVisible();
  }

  /** Looks at the question that the class is asked, wherever one is. */
  async lookAtQuestion(question: string): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: question });
    const look = this.page.getByRole('button', { name: this.say('vote_open') });
    await expect(choices.or(look).first()).toBeVisible();
    if (!(await choices.isVisible())) await look.click();
    await expect(choices).toBeVisible();
  }

  /** Gives one's vote, and sees that it has been counted. */
  async vote(choice: RegExp): Promise<void> {
    const radio = this.page.getByRole('radio', { name: choice });
    await this.page.locator('label').filter({ has: radio }).click();
    await expect(radio).toBeChecked();
  }

  /** From the debrief of the last round to the seat of the one that is played. */
  async toSeat(): Promise<void> {
    const go = this.page.getByRole('link', { name: this.say('play_go') });
    const ready = this.page.getByRole('button', { name: this.say('end_send'), exact: true });
    await expect(go.or(ready).first()).toBeVisible();
    if (await go.isVisible()) await go.click();
    await expect(ready).toBeVisible();
  }
}
