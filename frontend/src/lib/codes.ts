import { compare, countryName, currencyName, languageName } from './format';

/** ISO 3166-1 alpha-2, as assigned. */
const countries =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );

/** Languages that business letters are written in; any other code that a record holds is shown as well. */
const languages =
  'en de fr it es pt nl da sv nb fi is pl cs sk hu sl hr sr bs mk sq ro bg el tr et lv lt uk ru be ka hy az kk he ar fa ur hi bn ta te th vi id ms ja ko zh ca eu gl cy ga mt lb af sw'.split(
    ' ',
  );

export type Choice = { value: string; label: string };

const named = (codes: string[], name: (code: string) => string): Choice[] =>
  codes.map((value) => ({ value, label: name(value) })).sort((a, b) => compare(a.label, b.label));

export const countryChoices = () => named(countries, countryName);
export const languageChoices = () => named(languages, languageName);

export function currencyChoices(): Choice[] {
  const codes =
    typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('currency') : ['EUR', 'USD', 'GBP', 'CHF'];
  return codes
    .map((value) => ({ value, label: `${value} · ${currencyName(value)}` }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

export function timezoneChoices(): Choice[] {
  const zones =
    typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : ['UTC', 'Europe/Berlin'];
  return ['UTC', ...zones.filter((z) => z !== 'UTC')].map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
