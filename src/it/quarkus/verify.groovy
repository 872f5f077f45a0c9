def log = new File(basedir, 'build.log').readLines()
def said = log.findAll { it ==~ /^(\d: |[A-Z_]+: ).*/ }
said.each { println "quarkus: $it" }
assert said.last() == 'ACCEPTED: x=4'
assert said.size() >= 3 : 'an answer that was right at once shows no reflection'
return true
