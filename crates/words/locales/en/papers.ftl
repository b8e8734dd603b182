# Papers: what stands on each of them.
paper-foot = { $project }, as of { $day }. Made with Kiezgrößen.
