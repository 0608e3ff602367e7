"""Local stand-ins for the platforms that Parley talks to, with a phone for each shopper. Development only."""
