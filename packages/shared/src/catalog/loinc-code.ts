/** Whether the text is a LOINC code with a right check digit (LOINC Users' Guide, appendix C: mod 10, as Luhn). */
export function isLoincCode(text: string): boolean {
  const match = /^(\d{1,7})-(\d)$/.exec(text);
  if (!match?.[1]) return false;
  let sum = 0;
  const digits = match[1];
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10 === Number(match[2]);
}
