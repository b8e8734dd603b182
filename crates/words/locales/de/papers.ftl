# Papiere: was auf jedem steht.
paper-foot = { $project }, Stand { $day }. Mit Kiezgrößen gemacht.
