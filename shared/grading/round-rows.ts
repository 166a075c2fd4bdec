import type { Locale, Text } from '../scenario/types.ts';
import type { SeatName } from '../table/seats.ts';
import type { Table } from '../table/table.ts';
import type { FaultCode } from '../tcp/verdict.ts';
import { marksOf } from './marks.ts';
import { misconceptionsOf } from './misconceptions.ts';

/** Who took part, as the export names them. */
export interface Participant {
  readonly id: string;
  readonly name: string;
  /** Whether they have proven who they are; a name alone is only a name. */
  readonly verified: boolean;
}

const HEAD: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    ...['Name', 'Identity', 'Scenario', 'Table', 'Seat', 'Points', 'Out of', 'Per cent'],
    ...['Answered', 'Right at first try', 'Left open', 'Not tried', 'Hints', 'Wrong tries', 'Misconceptions'],
  ],
  'zh-CN': [
    ...['姓名', '身份', '练习', '桌号', '座位', '得分', '满分', '百分比'],
    ...['已回答', '首次即正确', '未完成', '未尝试', '提示', '错误尝试', '误解'],
  ],
};

const IDENTITY: Readonly<Record<Locale, Readonly<Record<'verified' | 'unverified', string>>>> = {
  en: { verified: 'verified', unverified: 'unverified' },
  'zh-CN': { verified: '已核实', unverified: '未核实' },
};

const SEATS: Readonly<Record<Locale, Readonly<Record<SeatName, string>>>> = {
  en: { client: 'client', server: 'server', link: 'link', referee: 'referee' },
  'zh-CN': { client: '客户端', server: '服务器', link: '网络', referee: '裁判' },
};

/**
 * What happened in a round, a line for each person and seat, under a line of headings; by table, in the order
 * given.
 */
export function roundRows(
  tables: readonly Table[],
  people: readonly Participant[],
  title: Text,
  locale: Locale,
): readonly (readonly (string | number)[])[] {
  const lines = tables.flatMap((table, i) => {
    const misconceptions = misconceptionsOf(table);
    return marksOf(table).flatMap((mark) => {
      const person = people.find(({ id }) => id === mark.player);
      if (!person) return [];
      const { earned, outOf } = mark;
      const codes = misconceptions
        .filter(({ player, seat }) => player === mark.player && seat === mark.seat)
        .map(({ code }) => code);
      return [
        [
          person.name,
          IDENTITY[locale][person.verified ? 'verified' : 'unverified'],
          title[locale],
          i + 1,
          SEATS[locale][mark.seat],
          earned,
          outOf,
          // Who was asked nothing has no share of it.
          outOf === 0 ? '' : Math.round((1000 * earned) / outOf) / 10,
          mark.answered,
          mark.firstTry,
          mark.leftOpen,
          mark.unanswered,
          mark.hints,
          mark.wrong,
          tally(codes),
        ],
      ];
    });
  });
  return [HEAD[locale], ...lines];
}

/** `M01 ×2, M19`. */
function tally(codes: readonly FaultCode[]): string {
  return [...new Set(codes)]
    .map((code) => {
      const times = codes.filter((one) => one === code).length;
      return times === 1 ? code : `${code} ×${times}`;
    })
    .join(', ');
}
