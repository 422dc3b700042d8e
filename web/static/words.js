// What the scripts say, in the language of the page: the page brings it along.

export const words = JSON.parse(document.getElementById("woorden").dataset.words);
