import { stem } from './tokenize';

/** Words that English and error messages are full of, as stems: they tell entries apart only in a large knowledge base. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `a about after all already also an and any are as at be because been but by can cannot could did do does don doesn
  during each either error exception exist expected failed failure fatal file for from function get given got had has
  have how if in info into invalid is isn it its key line lib list log make may message method missing module more most
  must name need new no not null object of on one only or other our out path please process received request return
  same see set should so some src stack string such than that the their then there these they this this thread time to
  trace traceback try type undefined unable unexpected unknown up use used user using valid value version was we were
  what when where which while will with without won you your`
    .split(/\s+/)
    .map(stem),
);
