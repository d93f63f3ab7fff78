/** Names of the demo patients, written for this purpose: many origins, accents, apostrophes, hyphens, particles, scripts. */
export const firstNames = {
  female:
    "Amelia Olivia Grace Hannah Abigail Ruth Dorothy Margaret Helen Frances Maria Lucía Camila Sofía Valentina Guadalupe Inês Beatriz Chiara Giulia Françoise Zoë Renée Océane Katharina Anneliese Sigrid Astrid Åsa Agnieszka Małgorzata Zuzana Ludmila Oksana Svetlana Aisha Fatima Zainab Leila Nasrin Shirin Priya Ananya Lakshmi Deepa Mei Xiuying Yuki Sakura Hana Minji Jiwoo Linh Thảo Chioma Ngozi Amara Adaeze Wanjiru Thandiwe Makana Leilani Siobhán Niamh Aoife".split(
      " ",
    ),
  male: "James William Henry Samuel Benjamin Walter Arthur Harold Eugene Leonard José Luis Alejandro Javier Mateo Andrés João Thiago Marco Lorenzo Étienne François Jérôme Jürgen Björn Søren Håkon Paweł Łukasz Jiří Dmytro Sergei Omar Yusuf Ibrahim Khalid Reza Darius Arjun Rohan Vikram Sanjay Wei Jun Hiroshi Kenji Takumi Minho Joon Minh Đức Chidi Emeka Kwame Kofi Jabari Sipho Kai Keanu Ciarán Seán Pádraig Dafydd Rhys".split(
    " ",
  ),
} as const;

export const lastNames =
  "Abbott|Adeyemi-Clarke|Agarwal|Åkesson|Al-Masri|Álvarez|Andersen|Baptiste|Bauer|Beaumont|Bianchi|Brennan|Brightwater|Castañeda|Chaudhry|Chen|Cohen|D'Angelo|Dąbrowski|Davenport|De la Cruz|Dubois|Ekström|El-Sayed|Eriksson|Fernández|Fitzgerald|Fontaine|Gallagher|Ghosh|Goldberg|González|Großmann|Gutiérrez|Haddad|Hansen|Hernández|Hightower|Hoang|Horváth|Ibáñez|Ito|Jankowska|Johansson|Johnson|Kaplan|Kavanagh|Khan|Kim|Kowalczyk|Krüger|Kumar|Lefèvre|Leung|Lindqvist|López|MacDonald|Malik|Martínez|McAllister|Mendoza|Mensah|Mbeki|Moreau|Müller|Nakamura|Nguyễn|Nowak|Núñez|O'Connor|O'Malley|Obi|Ødegård|Okafor|Oliveira|Öztürk|Papadopoulos|Park|Patel|Pérez|Peterson|Popović|Quintero|Ramírez|Reilly|Rosenthal|Rossi|Sánchez|Schäfer|Schmidt|Shapiro|Silva|Singh|Smith|Śliwa|Stavros|Suzuki|Takahashi|Tanaka|Thompson|Torres|Tran|van den Berg|Vargas|Vasquez|von Hartmann|Walsh|Wang|Washington|Whitehorse|Wójcik|Yamamoto|Yılmaz|Zhang|Zieliński".split(
    "|",
  );

/** Whole names in other scripts, and very long ones: what a layout must hold. */
export const unusualNames = [
  { firstName: "محمد", lastName: "الأحمد", gender: "male" },
  { firstName: "فاطمة", lastName: "حسن الخطيب", gender: "female" },
  { firstName: "דוד", lastName: "כהן", gender: "male" },
  { firstName: "מרים", lastName: "בן־שושן", gender: "female" },
  { firstName: "小明", lastName: "王", gender: "male" },
  { firstName: "美玲", lastName: "陳", gender: "female" },
  { firstName: "さくら", lastName: "渡辺", gender: "female" },
  { firstName: "Ольга", lastName: "Кузнецова", gender: "female" },
  { firstName: "Κώστας", lastName: "Παπαδόπουλος", gender: "male" },
  {
    firstName: "Maximiliana Guadalupe Esperanza",
    lastName: "Fernández de Córdoba y Álvarez de Toledo-Montenegro",
    gender: "female",
  },
  { firstName: "Wolfeschlegelstein", lastName: "Hausenbergerdorff-Schwarzenberg", gender: "male" },
  { firstName: "Bo", lastName: "Li", gender: "other" },
  { firstName: "Baby Girl", lastName: "Unknown", gender: "unknown" },
] as const;

export const streets =
  "Elm Street|Maple Avenue|Harbor Road|Mill Lane|Washington Street|Lakeview Drive|Church Street|Orchard Road|Hudson Avenue|Prospect Place|River Road|Chestnut Street".split(
    "|",
  );
export const towns =
  "Springfield NY 13468|Riverton NY 12790|Fairview NY 12601|Lakeside NY 14901|Milford NY 13807".split("|");
